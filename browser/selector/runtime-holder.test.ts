import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import type { RuntimeOptions, SelectorRuntime } from './runtime'
import { holdRuntime } from './runtime-holder'
import type { DeviceWish } from './selector-types'
import { holdVision } from './vision-holder'

type Opened = SelectorRuntime & { readonly lose: (reason: string) => void; readonly dispose: ReturnType<typeof vi.fn> }

function runtimeOf(wish: DeviceWish): Opened {
  let lose: (reason: string) => void = () => undefined
  const lost = new Promise<string>((resolve) => {
    lose = resolve
  })
  const kind = wish === 'wasm' ? 'wasm' : 'webgpu'
  const refuse = (): never => {
    throw new Error('not used here')
  }
  return {
    ...{ facts: { kind, name: kind, threads: 1, reason: null }, wish, lost, lose, memoryBytes: () => 0, note: () => undefined },
    ...{ models: { list: refuse, read: refuse, weights: refuse }, detector: refuse, encoder: refuse, openSession: refuse },
    dispose: vi.fn(async () => undefined),
  }
}

function holder(patienceMs = 20) {
  const opened: Opened[] = []
  const open = vi.fn(async (wish: DeviceWish, _: RuntimeOptions) => {
    const runtime = runtimeOf(wish)
    opened.push(runtime)
    return runtime
  })
  return { opened, open, runtimes: holdRuntime(open, patienceMs) }
}
const signal = new AbortController().signal
const kindOf = async (runtime: SelectorRuntime) => runtime.facts.kind

describe('a runtime', () => {
  it('is opened once for a wish, and the one before is given up', async () => {
    const { opened, runtimes } = holder()
    await Promise.all([runtimes.use('auto', signal, kindOf), runtimes.use('auto', signal, kindOf)])
    expect(opened).toHaveLength(1)
    expect(await runtimes.use('wasm', signal, kindOf)).toBe('wasm')
    expect(opened[0]?.dispose).toHaveBeenCalledTimes(1)
    runtimes.dispose()
    await vi.waitFor(() => expect(opened[1]?.dispose).toHaveBeenCalledTimes(1))
  })

  it('says what its opening had to say at every question', async () => {
    const runtimes = holdRuntime(async (wish, { notes }) => {
      notes('It runs elsewhere.')
      return runtimeOf(wish)
    })
    await runtimes.use('auto', signal, kindOf)
    await runtimes.use('auto', signal, kindOf)
    expect(runtimes.notes()).toEqual(['It runs elsewhere.'])
  })

  it('that could not be opened is tried again', async () => {
    const { open, runtimes } = holder()
    open.mockRejectedValueOnce(new AppError('unavailable', 'no'))
    await expect(runtimes.use('auto', signal, kindOf)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await runtimes.use('auto', signal, kindOf)).toBe('webgpu')
  })
})

describe('a loss', () => {
  it('that is told a moment after the failure is still one', async () => {
    const { opened, runtimes } = holder(10_000)
    const work = vi.fn(async (runtime: SelectorRuntime) => {
      if (runtime.facts.kind === 'wasm') return 'done'
      setTimeout(() => opened[0]?.lose('Lost.'), 5)
      throw new AppError('model_bad_answer', 'out of nothing')
    })
    expect(await runtimes.use('auto', signal, work)).toBe('done')
    expect(work).toHaveBeenCalledTimes(2)
    expect(opened[0]?.dispose).toHaveBeenCalled()
    // Not trusted again, whatever is wished.
    expect(await runtimes.use('webgpu', signal, async ({ facts }) => facts)).toMatchObject({ kind: 'wasm', reason: 'Lost.' })
    expect(runtimes.notes()).toEqual(['Lost. The work went on on the processor.'])
  })

  it('is not waited for on the processor, nor when the work was called off', async () => {
    const { runtimes } = holder(60_000)
    const fault = new Error('broken')
    const fail = async () => Promise.reject(fault)
    await expect(runtimes.use('wasm', signal, fail)).rejects.toBe(fault)
    const control = new AbortController()
    const calledOff = runtimes.use('auto', control.signal, async () => {
      control.abort(new Error('enough'))
      throw fault
    })
    await expect(calledOff).rejects.toThrow('enough')
  })

  it('does not help work that fails on the processor too', async () => {
    const { opened, runtimes } = holder()
    const fault = new AppError('model_bad_answer', 'always')
    await expect(
      runtimes.use('auto', signal, async () => {
        opened[0]?.lose('Lost.')
        throw fault
      }),
    ).rejects.toBe(fault)
    expect(opened.map(({ facts }) => facts.kind)).toEqual(['webgpu', 'wasm'])
  })
})

describe('a dual encoder', () => {
  const unused = () => Promise.reject(new Error('not asked for here'))
  const vision = (name: string) => ({ name, pictures: unused, texts: unused, release: vi.fn(async () => undefined) })

  it('is opened once, and goes when another, or another runtime, is asked for', async () => {
    const opened: ReturnType<typeof vision>[] = []
    const hold = holdVision(async (name) => {
      const one = vision(name)
      opened.push(one)
      return one
    })
    const [one, two] = [runtimeOf('auto'), runtimeOf('wasm')]
    expect(await hold('a', one, {})).toBe(await hold('a', one, {}))
    await hold('b', one, {})
    await hold('b', two, {})
    expect(opened.map(({ name }) => name)).toEqual(['a', 'b', 'b'])
    await vi.waitFor(() => expect(opened.map(({ release }) => release.mock.calls.length)).toEqual([1, 1, 0]))
  })

  it('that could not be opened is tried again', async () => {
    const open = vi.fn(async (name: string) => vision(name))
    open.mockRejectedValueOnce(new AppError('bad_file', 'no'))
    const hold = holdVision(open)
    const runtime = runtimeOf('auto')
    await expect(hold('a', runtime, {})).rejects.toMatchObject({ code: 'bad_file' })
    expect((await hold('a', runtime, {})).name).toBe('a')
  })
})
