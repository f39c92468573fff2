/**
 * The evidence grammar of the released files:
 * `mention = "<obj_start>" NAME "<obj_end>" { "<box_start>" LIST "<box_end>" }`, everything else is plain text.
 * Reading never throws and never drops a character: joining the `raw` of all segments gives the text back, byte for byte.
 */
import { type BoxList, type Four, readBoxList } from './box-list'

/** A plain run or a mention. `raw` = the text as it came, tags included; `hasBoxTag` tells `[]` from no box tag at all. */
export type Segment =
  | { readonly kind: 'text'; readonly raw: string }
  | { readonly kind: 'mention'; readonly raw: string; readonly name: string; readonly hasBoxTag: boolean; readonly list: BoxList }

/** `at` = 0-based character in the text. */
export type TagProblem = { readonly at: number; readonly message: string }

/** Evidence text in pieces; `problems` says what was kept as text although it looks like a tag. */
export type TaggedText = { readonly segments: readonly Segment[]; readonly problems: readonly TagProblem[] }

const NAME = '((?:(?!<(?:obj|box)_(?:start|end)>)[\\s\\S])*?)'
const MENTION = new RegExp(`<obj_start>${NAME}<obj_end>((?:\\s*<box_start>${NAME}<box_end>)*)`, 'g')
const BOX = new RegExp(`<box_start>${NAME}<box_end>`, 'g')
const LOOSE_TAG = /<(?:obj|box)_(?:start|end)>/g

function joinLists(lists: readonly BoxList[]): BoxList {
  const [first] = lists
  if (lists.length === 1 && first !== undefined) return first
  const problem = lists.find((list) => list.problem !== null)?.problem ?? null
  return { boxes: lists.flatMap((list) => list.boxes), groups: null, problem }
}

/** Splits evidence text into plain runs and mentions. Loose or crossed tags stay in the text and are named in `problems`. */
export function readTaggedText(text: string): TaggedText {
  const segments: Segment[] = []
  const problems: TagProblem[] = []
  const addText = (from: number, to: number) => {
    if (to <= from) return
    const raw = text.slice(from, to)
    for (const loose of raw.matchAll(LOOSE_TAG)) {
      problems.push({ at: from + loose.index, message: `The tag ${loose[0]} has no partner; it was kept as text.` })
    }
    segments.push({ kind: 'text', raw })
  }
  let at = 0
  for (const match of text.matchAll(MENTION)) {
    addText(at, match.index)
    const raw = match[0]
    at = match.index + raw.length
    const name = match[1] ?? ''
    if (name.trim() === '') {
      problems.push({ at: match.index, message: 'A mention without a name; it was kept as text.' })
      segments.push({ kind: 'text', raw })
      continue
    }
    const lists = [...(match[2] ?? '').matchAll(BOX)].map((box) => readBoxList(box[1] ?? ''))
    const list = joinLists(lists)
    if (list.problem !== null) problems.push({ at: match.index, message: list.problem })
    segments.push({ kind: 'mention', raw, name, hasBoxTag: lists.length > 0, list })
  }
  addText(at, text.length)
  return { segments, problems }
}

function writeFour(box: Four): string {
  return `[${box.join(', ')}]`
}

/**
 * One mention in our spelling. `byFrame` = its boxes for each core frame of the sample, in the order of the frames.
 * One box is written flat; several on one frame as a list; several over frames as one list a frame, so that reading it
 * again puts each on its frame.
 */
export function writeMention(name: string, byFrame: readonly (readonly Four[])[], hasBoxTag: boolean): string {
  const head = `<obj_start>${name}<obj_end>`
  const all = byFrame.flat()
  const [only] = all
  if (only === undefined) return hasBoxTag ? `${head}<box_start>[]<box_end>` : head
  if (all.length === 1) return `${head}<box_start>${writeFour(only)}<box_end>`
  const framesUsed = byFrame.filter((boxes) => boxes.length > 0).length
  if (framesUsed === 1 && all.length !== byFrame.length) return `${head}<box_start>[${all.map(writeFour).join(', ')}]<box_end>`
  const flatGroups = byFrame.every((boxes) => boxes.length <= 1)
  const groups = byFrame.map((boxes) => {
    const [box] = boxes
    if (flatGroups) return box === undefined ? '[]' : writeFour(box)
    return `[${boxes.map(writeFour).join(', ')}]`
  })
  return `${head}<box_start>[${groups.join(', ')}]<box_end>`
}
