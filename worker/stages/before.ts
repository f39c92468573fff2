/** What a stage finds of the stages before it. */
import { AppError } from '@/core/errors'
import type { QaPair, StageOutput } from '@/core/pipeline/outputs'
import type { StageName } from '@/core/pipeline/stages'
import type { GroupView, PairView } from '../models/roles'
import type { StageInput } from './stage'

/** The output of an earlier stage. Throws AppError internal when the run did not hand it over. */
export function need<Name extends StageName>(input: StageInput, name: Name): StageOutput[Name] {
  const output = input.before[name]
  if (output !== undefined) return output
  throw new AppError('internal', `The result of ${name} is missing. Run the video anew.`, { missing: name })
}

/** The captions of a group, in order of time. */
export function groupView(input: StageInput, position: number): GroupView {
  const frames = need(input, 'group').groups[position]
  if (frames === undefined) throw new AppError('internal', `There is no group ${position + 1} of captions.`, { position })
  const wanted = new Set<number>(frames)
  return { position, captions: need(input, 'caption').captions.filter((caption) => wanted.has(caption.frameIndex)) }
}

/** The pair that this draft is made of. */
export function pairOf(input: StageInput): QaPair {
  const pair = need(input, 'write-qa').pairs.find((entry) => entry.key === input.pairKey)
  if (pair !== undefined) return pair
  throw new AppError('internal', 'The question of this draft is not among those that were written.', { pairKey: input.pairKey })
}

/** The pair with the group it came from. */
export function pairView(input: StageInput): PairView {
  const pair = pairOf(input)
  return { pair, group: groupView(input, pair.group) }
}
