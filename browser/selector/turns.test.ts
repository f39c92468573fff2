import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeTurns } from './turns'

it('never does two things at once, keeps their order, and goes on after a failure', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ ticks: fc.nat(5), fails: fc.boolean() }), { maxLength: 20 }), async (works) => {
      const turns = makeTurns()
      const done: number[] = []
      let running = 0
      const results = await Promise.allSettled(
        works.map(({ ticks, fails }, place) =>
          turns(async () => {
            running += 1
            expect(running).toBe(1)
            for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
            running -= 1
            done.push(place)
            if (fails) throw new Error(`work ${place}`)
            return place
          }),
        ),
      )
      expect(done).toEqual(works.map((_, place) => place))
      expect(results.map(({ status }) => status)).toEqual(works.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')))
    }),
  )
})

it('begins with nothing before it in its own turn', async () => {
  const turns = makeTurns()
  expect(await turns(async () => 'at once')).toBe('at once')
  await expect(
    turns(() => {
      throw new Error('before any promise')
    }),
  ).rejects.toThrow('before any promise')
  expect(await turns(async () => 'still')).toBe('still')
})
