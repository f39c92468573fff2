/** Core frames of a draft: the frames that the writer or a selector picked, found in the video, in order of time. */
import type { Flag } from '../flag'
import { recordIdOf } from '../formats/videoespresso/record-ids'
import { MIN_MARGIN } from '../frame-flags'
import { type FrameTable, frameAt } from '../frame-table'
import type { RecordId } from '../ids'
import type { CoreFrameRecord } from '../records'
import type { SelectionMethod } from '../selection/selection-options'
import type { RecordOrigin } from './draft-origin'
import type { Caption, PickCoreFramesOutput, RetrieveOutput } from './outputs'

/** `idOf` = the core frame that stands for a position in the list of the writer; two picks of one frame share one. */
export type DraftFrames = {
  readonly records: readonly CoreFrameRecord[]
  readonly idOf: readonly RecordId[]
  readonly origins: Readonly<Record<string, RecordOrigin>>
  readonly problems: readonly Flag[]
}

type Place = RetrieveOutput['frames'][number]
type Pick = PickCoreFramesOutput['frames'][number]

function lowMarginFlag(record: CoreFrameRecord, place: Place): Flag[] {
  // Margins below the fixed bound are flagged from the document itself.
  if (!place.isLowMargin || place.margin === null || place.margin < MIN_MARGIN) return []
  const message = `Core frame ${record.order} leads the second-best match by ${place.margin.toFixed(3)}, less than this project asks for.`
  return [{ code: 'F4', recordId: record.id, message, blocking: false }]
}

type Selector = PickCoreFramesOutput['selector']

/** Where a selector chose the frame: its method, and what it could not look for. */
function chosenBy(selector: NonNullable<Selector>, relevance: number): RecordOrigin {
  const parameters = { selector: selector.method, relevance }
  return { stage: 'pick-core-frames', parameters, note: selector.notes.length === 0 ? null : selector.notes.join(' ') }
}

function selectorMatch(method: SelectionMethod): CoreFrameRecord['match'] {
  return { method: 'selector', confidence: 1, by: `selector ${method} in the pipeline` }
}

function originOf(picks: readonly Pick[], place: Place): RecordOrigin {
  const [first] = picks
  const parameters = {
    generatedCaption: first?.caption ?? null,
    claimedIndex: first?.claimedIndex ?? null,
    isLowMargin: place.isLowMargin,
  }
  const named = place.score === null ? 'Named by the writer, which knew the frame.' : null
  const twice = picks.length > 1 ? `${picks.length} picks of the writer led to this frame.` : null
  const note = [named, twice].filter((sentence) => sentence !== null).join(' ')
  return { stage: 'retrieve', parameters, note: note === '' ? null : note }
}

/**
 * Builds the core frames. Their captions are the original ones of the frames; the writer's own words stay in the origin. A frame that
 * a selector chose says so, and its score is the relevance there.
 *
 * @param places one for each pick, in their order
 * @throws AppError `frame_out_of_range` for a place outside the table
 */
export function draftFrames(
  table: FrameTable,
  captions: readonly Caption[],
  { frames: picks, selector }: PickCoreFramesOutput,
  { frames: places }: RetrieveOutput,
): DraftFrames {
  const found = [...new Set(places.map((place) => place.frameIndex))].sort((a, b) => a - b)
  const records: CoreFrameRecord[] = []
  const origins: Record<string, RecordOrigin> = {}
  const problems: Flag[] = []
  for (const [position, frameIndex] of found.entries()) {
    const mine = places.flatMap((place, at) => (place.frameIndex === frameIndex ? [{ place, pick: picks[at] }] : []))
    const relevance = places.reduce<number | null>((seen, place, at) => {
      return place.frameIndex === frameIndex ? (seen ?? selector?.relevance[at] ?? null) : seen
    }, null)
    const choice = selector === undefined || relevance === null ? null : { selector, relevance }
    // Of several picks of one frame the best match speaks for it.
    const best = mine.reduce((a, b) => ((b.place.score ?? 1) > (a.place.score ?? 1) ? b : a))
    const { index, pts } = frameAt(table, frameIndex)
    const record: CoreFrameRecord = {
      id: recordIdOf(`f${position + 1}`),
      verdict: 'unseen',
      reasons: [],
      type: 'coreFrame',
      order: position + 1,
      index,
      pts,
      caption: captions.find((caption) => caption.frameIndex === frameIndex)?.text ?? best.pick?.caption ?? null,
      path: null,
      match: choice === null ? { method: 'exact', confidence: 1 } : selectorMatch(choice.selector.method),
      score: best.place.score,
      margin: best.place.margin,
    }
    records.push(record)
    const led = [best, ...mine.filter((entry) => entry !== best)].flatMap((entry) => (entry.pick === undefined ? [] : [entry.pick]))
    origins[record.id] = choice === null ? originOf(led, best.place) : chosenBy(choice.selector, choice.relevance)
    problems.push(...lowMarginFlag(record, best.place))
  }
  return { records, idOf: places.map((place) => recordIdOf(`f${found.indexOf(place.frameIndex) + 1}`)), origins, problems }
}
