import { closeSync, fstatSync, mkdtempSync, openSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { Handover as Giver, WORTH_IT } from './child/handover.mjs'
import { Handover } from './handover'

const open: Handover[] = []
afterEach(() => {
  for (const taker of open.splice(0)) taker.close()
})

function pair() {
  const taker = new Handover()
  open.push(taker)
  return { taker, giver: new Giver(taker.fd ?? -1) }
}

const payload = (bytes: number, fill: number) => Buffer.alloc(bytes, fill)
const mustNotWait = () => expect.unreachable('a slot was free')

test('whatever is put is taken, in any order of sizes and of giving slots back', () => {
  const { taker, giver } = pair()
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: WORTH_IT, max: WORTH_IT * 3 }), fc.nat(3)), { maxLength: 12 }), (turns) => {
      const held: { shared: ReturnType<typeof giver.put>; sent: Buffer }[] = []
      const giveBack = (which: number) => {
        const [one] = held.splice(which % held.length, 1)
        if (one === undefined) throw new Error('waited with nothing out')
        // Not read before it is given back: nothing may have been written over it.
        const { slot, binary } = taker.take(one.shared)
        expect(binary.equals(one.sent)).toBe(true)
        giver.free(slot)
      }
      for (const [at, [bytes, which]] of turns.entries()) {
        const sent = payload(bytes, at + 1)
        held.push({ shared: giver.put(sent, () => giveBack(which)), sent })
      }
      while (held.length > 0) giveBack(0)
    }),
    { numRuns: 60 },
  )
})

test('small payloads are left to the pipe, and so are all where there is no file or no room in it', () => {
  const { giver } = pair()
  expect(giver.put(payload(WORTH_IT - 1, 1), mustNotWait)).toBeNull()
  expect(giver.put(payload(WORTH_IT, 1), mustNotWait)).toMatchObject({ at: 0, bytes: WORTH_IT })
  expect(new Giver(9_999).put(payload(WORTH_IT, 1), mustNotWait)).toBeNull()
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'crema-handover-')), 'read-only')
  writeFileSync(file, '')
  const fd = openSync(file, 'r')
  const unwilling = new Giver(fd)
  expect([1, 2].map(() => unwilling.put(payload(WORTH_IT, 1), mustNotWait))).toEqual([null, null])
  closeSync(fd)
})

test('the memory is given back, and the file has no name', () => {
  const { taker, giver } = pair()
  giver.put(payload(WORTH_IT, 1), mustNotWait)
  expect(fstatSync(taker.fd ?? -1)).toMatchObject({ size: WORTH_IT, nlink: 0 })
  taker.empty()
  expect(fstatSync(taker.fd ?? -1).size).toBe(0)
})

test.each([
  null,
  {},
  { slot: 0, at: -1, bytes: 1 },
  { slot: 0, at: 0, bytes: 2 ** 40 },
  { slot: 0, at: 0.5, bytes: 1 },
  { slot: 0, at: 0, bytes: 1 },
])('a child that lies about its payload (%j) is found out', (lie) => {
  expect(() => pair().taker.take(lie)).toThrow()
})

test('a closed file gives nothing', () => {
  const { taker, giver } = pair()
  const shared = giver.put(payload(WORTH_IT, 1), mustNotWait)
  taker.close()
  taker.close()
  expect(() => taker.take(shared)).toThrow()
})
