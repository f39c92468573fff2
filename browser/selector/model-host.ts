/** What the models of one worker share: a device, turns on it, and the count of what they hold. */
import { AppError } from '@/core/errors'
import type { Gpu, OpenedDevice } from './device'
import { onProcessor } from './device'
import type { VerifiedModel } from './models'
import { type BrowserSession, openOnnxSession } from './onnx-session'
import type { Placements } from './placements'
import type { DeviceFacts, DeviceWish } from './selector-types'
import { makeTurns } from './turns'

export type ModelHost = {
  readonly facts: DeviceFacts
  /** The card that models may use; null where there is none, or where it has computed wrongly. */
  readonly gpu: Gpu | null
  readonly wish: DeviceWish
  readonly placements: Placements
  readonly lost: Promise<string>
  /** Bytes of weights and buffers. */
  memoryBytes(): number
  /** A sentence for people. */
  note(line: string): void
  /** From now on everything is opened on the processor; the reason is shown. */
  distrustGpu(reason: string): void
  openSession(file: VerifiedModel, wish: DeviceWish, bufferBytes?: number): Promise<BrowserSession>
  dispose(): Promise<void>
}

type Opener = typeof openOnnxSession

export function modelHost(
  opened: OpenedDevice,
  options: { readonly wish: DeviceWish; readonly placements: Placements; readonly note: (line: string) => void },
  open: Opener = openOnnxSession,
): ModelHost {
  const turns = makeTurns()
  const sessions = new Set<BrowserSession>()
  let { facts, gpu } = opened
  let bytes = 0
  let isDisposed = false
  const lost = opened.gpu === null ? new Promise<string>(() => {}) : lossOf(opened.gpu.device, () => isDisposed)
  /** Work on a card that is gone may never end: it ends here. */
  const gone = lost.then((reason): never => {
    throw new AppError('unavailable', reason)
  })
  gone.catch(() => undefined)

  return {
    get facts() {
      return facts
    },
    get gpu() {
      return gpu
    },
    wish: options.wish,
    placements: options.placements,
    lost,
    note: options.note,
    memoryBytes: () => bytes,
    distrustGpu(reason) {
      gpu = null
      facts = onProcessor(facts.threads, reason)
      options.note(reason)
    },
    async openSession(file, wish, bufferBytes = 0) {
      const card = wish === 'wasm' ? null : gpu
      const usable = card !== null && file.dtype === 'fp16' && !card.device.features.has('shader-f16') ? null : card
      if (usable !== card) options.note(`${file.name} runs on the processor, because the graphics card has no half precision (shader-f16).`)
      const orGone = <T>(work: () => Promise<T>) => (usable === null ? work() : Promise.race([work(), gone]))
      const session = await turns(() => orGone(() => open(file, usable)))
      const held = file.content.length + (usable === null ? 0 : bufferBytes)
      bytes += held
      const shared: BrowserSession = {
        ...session,
        run: (inputs) => turns(() => orGone(() => session.run(inputs))),
        async release() {
          if (!sessions.delete(shared)) return
          bytes -= held
          await turns(() => orGone(() => session.release()))
        },
      }
      sessions.add(shared)
      return shared
    },
    async dispose() {
      isDisposed = true
      // A session of a card that is gone cannot be released any more, and need not be.
      await Promise.all(Array.from(sessions, (session) => session.release().catch(() => undefined)))
      opened.gpu?.device.destroy()
    },
  }
}

/** The first reason not to trust the device any longer, as a sentence; never comes once the device is given up on purpose. */
function lossOf(device: GPUDevice, isDisposed: () => boolean): Promise<string> {
  return new Promise((resolve) => {
    const say = (reason: string) => {
      if (!isDisposed()) resolve(reason)
    }
    void device.lost.then(({ message }) => say(`The graphics card was lost${message === '' ? '' : ` (${message})`}.`))
    // What a card could not do leaves numbers of no meaning behind, and no error where they are read.
    device.addEventListener('uncapturederror', ({ error }) => say(`The graphics card reported an error: ${error.message}`))
  })
}
