import { describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { type FakeDevice, fakeCard, fakeDevice } from './gpu-for-tests'
import { type ModelHost, modelHost } from './model-host'
import type { VerifiedModel } from './models'
import type { BrowserSession } from './onnx-session'

const model = (over: Partial<VerifiedModel> = {}): VerifiedModel => {
  return { name: 'test', dtype: 'fp32', sha256: 'a', content: new Uint8Array(100), ...over }
}

type Trial = { host: ModelHost; notes: string[]; released: string[]; running: { now: number; most: number }; hang: { isOn: boolean } }

/** Sessions that count how many run at once; a hanging one never ends, as on a card that is gone. */
function trial(fake: FakeDevice | null): Trial {
  const notes: string[] = []
  const released: string[] = []
  const running = { now: 0, most: 0 }
  const hang = { isOn: false }
  const gpu = fake === null ? null : fakeCard(fake)
  const facts = { kind: gpu === null ? 'wasm' : 'webgpu', name: gpu?.name ?? 'processor', threads: 2, reason: null } as const
  const busy = async () => {
    running.now += 1
    running.most = Math.max(running.most, running.now)
    await (hang.isOn ? new Promise(() => {}) : new Promise((resolve) => setImmediate(resolve)))
    running.now -= 1
  }
  const placements = { get: async () => null, set: async () => {} }
  const host = modelHost({ facts, gpu }, { wish: 'auto', placements, note: (line) => notes.push(line) }, async ({ name }, card) => {
    await busy()
    const session: BrowserSession = {
      kind: card === null ? 'wasm' : 'webgpu',
      device: card?.device ?? null,
      sha256: 'a',
      inputNames: [],
      outputNames: [],
      run: async (inputs) => {
        if (typeof inputs === 'function') inputs()
        await busy()
        return {}
      },
      release: async () => void released.push(name),
    }
    return session
  })
  return { host, notes, released, running, hang }
}

describe('sessions', () => {
  it('are opened and run one after the other', async () => {
    const { host, running } = trial(null)
    const [one, two] = await Promise.all([host.openSession(model(), 'auto'), host.openSession(model(), 'auto')])
    await Promise.all([one.run({}), two.run({}), one.run({}), two.run({})])
    expect(running.most).toBe(1)
  })

  it('take their inputs when their turn has come', async () => {
    const { host } = trial(null)
    const session = await host.openSession(model(), 'auto')
    const order: string[] = []
    const inputs = (name: string) => () => {
      order.push(name)
      return {}
    }
    const first = session.run(inputs('a')).then(() => order.push('a done'))
    await Promise.all([first, session.run(inputs('b'))])
    expect(order).toEqual(['a', 'a done', 'b'])
  })

  it('are counted in bytes until they are released, once', async () => {
    const { host, released } = trial(fakeDevice())
    const onCard = await host.openSession(model({ name: 'card' }), 'auto', 50)
    await host.openSession(model({ name: 'processor' }), 'wasm', 50)
    expect([onCard.kind, host.memoryBytes()]).toEqual(['webgpu', 250])
    await Promise.all([onCard.release(), onCard.release()])
    expect([host.memoryBytes(), released]).toEqual([100, ['card']])
    await host.dispose()
    expect([host.memoryBytes(), released]).toEqual([0, ['card', 'processor']])
  })

  it('of half precision run on the processor where the card has none, and that is said', async () => {
    const plain = trial(fakeDevice())
    expect((await plain.host.openSession(model({ dtype: 'fp16' }), 'auto')).kind).toBe('wasm')
    expect(plain.notes).toEqual([expect.stringContaining('half precision')])
    const able = trial(fakeDevice(['shader-f16']))
    expect((await able.host.openSession(model({ dtype: 'fp16' }), 'auto')).kind).toBe('webgpu')
    expect(able.notes).toEqual([])
  })
})

describe('a card that is lost', () => {
  it('ends what runs on it, what waits for it and what comes later, with the reason', async () => {
    const fake = fakeDevice()
    const { host, hang } = trial(fake)
    const session = await host.openSession(model(), 'auto')
    hang.isOn = true
    const runs = [session.run({}), session.run({})]
    fake.lose('the driver was restarted')
    expect(await host.lost).toBe('The graphics card was lost (the driver was restarted).')
    for (const run of [...runs, session.run({})]) await expect(run).rejects.toMatchObject({ code: 'unavailable' })
    await expect(host.openSession(model(), 'auto')).rejects.toBeInstanceOf(AppError)
    await host.dispose()
    expect(host.memoryBytes()).toBe(0)
  })

  it('leaves alone what runs on the processor', async () => {
    const fake = fakeDevice()
    const { host } = trial(fake)
    const session = await host.openSession(model(), 'wasm')
    fake.lose()
    await host.lost
    expect(await session.run({})).toEqual({})
  })

  it('is also one that reports an error, because its numbers mean nothing from then on', async () => {
    const fake = fakeDevice()
    const { host } = trial(fake)
    const session = await host.openSession(model(), 'auto')
    fake.fail('out of memory')
    expect(await host.lost).toContain('out of memory')
    await expect(session.run({})).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('out of memory') })
  })

  it('is not one that was given up on purpose', async () => {
    const fake = fakeDevice()
    const { host } = trial(fake)
    await host.openSession(model(), 'auto')
    await host.dispose()
    expect(fake.isDestroyed()).toBe(true)
    const first = await Promise.race([host.lost, new Promise((resolve) => setImmediate(() => resolve('not lost')))])
    expect(first).toBe('not lost')
  })
})

describe('a card that computes wrongly', () => {
  it('is used for nothing any more, and the reason stands in the facts and is said', async () => {
    const { host, notes } = trial(fakeDevice())
    host.distrustGpu('It was wrong.')
    expect(host.gpu).toBeNull()
    expect(host.facts).toEqual({ kind: 'wasm', name: 'processor', threads: 2, reason: 'It was wrong.' })
    expect((await host.openSession(model(), 'webgpu')).kind).toBe('wasm')
    expect(notes).toEqual(['It was wrong.'])
  })
})
