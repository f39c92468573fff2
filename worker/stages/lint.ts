/** Stage `lint`, the part without a database: the outputs of all stages become a draft. The engine flags and writes it. */
import { AppError } from '@/core/errors'
import type { Flag } from '@/core/flag'
import { buildDraft } from '@/core/pipeline/draft'
import { provenanceOf, type StageMaker } from '@/core/pipeline/draft-origin'
import type { StageProvenance } from '@/core/pipeline/stage-provenance'
import type { StageName } from '@/core/pipeline/stages'
import type { ProvenanceMap } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { groupView, need, pairOf } from './before'
import type { StageInput } from './stage'

/** `problems` = what the stages saw and the document cannot show; they go beside the computed flags (`rowProblems`). */
export type AssembledDraft = {
  readonly document: SampleDocument
  readonly provenance: ProvenanceMap
  readonly problems: readonly Flag[]
  readonly pairKey: string
  readonly question: string
  readonly answer: string
}

/**
 * Puts the draft of one pair together.
 *
 * @param made who did each stage and what it cost
 * @param at when the run began, ISO 8601: the same in a repeated run, so that its drafts are the same
 * Throws AppError internal when the outputs do not go together, frame_out_of_range, invalid_input for a text that is too long.
 */
export function assembleDraft(
  input: StageInput,
  made: ReadonlyMap<StageName, StageProvenance & { readonly costMicroUsd: number }>,
  at: string,
): AssembledDraft {
  const pair = pairOf(input)
  const { document, origins, problems } = buildDraft({
    pair,
    table: input.video.table,
    captions: groupView(input, pair.group).captions,
    picked: need(input, 'pick-core-frames'),
    objects: need(input, 'name-objects'),
    evidence: need(input, 'write-evidence'),
    places: need(input, 'retrieve'),
    ground: need(input, 'ground'),
    verify: need(input, 'verify'),
    task: need(input, 'classify-task'),
    options: need(input, 'write-options'),
  })
  const makerOf = (stage: StageName): StageMaker => {
    const maker = made.get(stage)
    if (maker === undefined) throw new AppError('internal', `It is not known who did ${stage}. Run the video anew.`, { stage })
    const { calls: _calls, ...identity } = maker
    return { ...identity, at }
  }
  return { document, provenance: provenanceOf(origins, makerOf), problems, pairKey: pair.key, question: pair.question, answer: pair.answer }
}
