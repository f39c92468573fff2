/** `crema select --video FILE --question "…"`: the pixels are looked at by the embedded models. */
import { AppError } from '@/core/errors'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type { SelectionMethod, SelectionOptions } from '@/core/selection/selection-options'
import { SIGNALS, type SignalName, type SignalWeights } from '@/core/selection/signals/blend'
import { openCandidates, selectFrames } from '@/worker/select-frames'
import type { CommandIo } from './arguments'
import { nameFile } from './name-file'

const MOST_WEIGHT = 1000

function refusal(message: string): AppError {
  return new AppError('invalid_input', message, { option: '--signal' })
}

/** `text,objects` or `text=2,objects=1`; without a number the weight is 1. @throws AppError invalid_input */
export function parseSignals(typed: string): SignalWeights {
  const weights = new Map<SignalName, number>()
  for (const part of typed.split(',')) {
    const [, word = '', number = '1'] = /^\s*([a-z]+)\s*(?:=\s*([0-9.]+))?\s*$/.exec(part) ?? []
    const name = SIGNALS.find((each) => each === word)
    const weight = Number(number)
    if (name === undefined) throw refusal(`--signal takes ${SIGNALS.join(', ')}, with a comma between, not "${part}".`)
    if (!(weight >= 0 && weight <= MOST_WEIGHT))
      throw refusal(`The weight of ${name} must be a number from 0 to ${MOST_WEIGHT}, not ${number}.`)
    if (weights.has(name)) throw refusal(`--signal names ${name} twice.`)
    weights.set(name, weight)
  }
  const used = [...weights].filter(([, weight]) => weight > 0)
  if (used.length === 0) throw refusal('--signal gives no signal a weight above 0.')
  return Object.fromEntries(used)
}

type Asked = {
  readonly video: string
  readonly question: string
  readonly weights: SignalWeights
  readonly method: SelectionMethod
  readonly options: SelectionOptions
}

/** @throws AppError as `openCandidates` (naming the file) and `selectFrames` */
export async function selectFromVideo({ video, ...asked }: Asked, io: CommandIo): Promise<FrameChoice> {
  const candidates = await nameFile(video, () => openCandidates(io.path(video), io.signal))
  // Never a failure by itself: what is missing is said, and the model that needs it names the remedy.
  const { prepareWeights } = await import('../scripts/weights/prepare')
  await prepareWeights({ say: io.progress, signal: io.signal })
  return selectFrames(candidates, { ...asked, say: io.progress, signal: io.signal })
}
