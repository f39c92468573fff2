/** Evidence text → steps, objects and boxes. The rule that ties a box to a core frame is documented in docs/formats.md. */
import type { Flag } from '@/core/flags'
import { clampRect, roundRect, type Size } from '@/core/geometry'
import type { RecordId } from '@/core/ids'
import type { ProvenanceMap } from '@/core/provenance'
import type { BoxRecord, ObjectRecord, Rect, StepRecord, Token } from '@/core/records'
import { type BoxConventionName, toRect } from './box-convention'
import type { Four } from './box-list'
import { framesNamedIn, type NamedFrame } from './frame-words'
import { boxProvenance, type FrameRule } from './provenance'
import { recordIdOf } from './record-ids'
import { splitSteps } from './steps'
import { readTaggedText, type Segment } from './tagged-text'

/** `stems` = one a core frame, by order. `size` = pixels of the still, null while the video is unknown. */
export type EvidenceContext = { readonly stems: readonly string[]; readonly size: Size | null; readonly convention: BoxConventionName }

/** Relative boxes of a sample without a video are laid on a picture of this size until the video is there. */
export const NOMINAL_SIZE: Size = { width: 1000, height: 1000 }

/** `raw` = where four numbers of a file lie, `rect` = the part of it inside the picture, to 1/1000 px, as a box record holds it. */
export function rectOfFour(four: Four, { convention, size }: Pick<EvidenceContext, 'convention' | 'size'>): { raw: Rect; rect: Rect } {
  const raw = toRect(four, convention, size ?? NOMINAL_SIZE)
  // Pixels of a picture of unknown size have no edge to be cut at. Rounding kills the float noise that cutting can add.
  const rect = size === null && convention.endsWith('px') ? raw : roundRect(clampRect(raw, size ?? NOMINAL_SIZE), 3)
  return { raw, rect }
}

/** What the evidence of a row becomes. `provenance` tells of each box why it lies on its frame. */
export type EvidenceRecords = {
  readonly steps: readonly StepRecord[]
  readonly objects: readonly ObjectRecord[]
  readonly boxes: readonly BoxRecord[]
  readonly provenance: ProvenanceMap
  readonly problems: readonly Flag[]
}

type Mention = Extract<Segment, { kind: 'mention' }>
type Placed = { readonly position: number; readonly four: Four; readonly rule: FrameRule }

/** Ties the boxes of one mention to core frames. `named` = frames its sentence names, `lastCited` = of the steps before. */
function placeBoxes(mention: Mention, at: number, named: readonly NamedFrame[], lastCited: number | null, frameCount: number): Placed[] {
  const { boxes, groups } = mention.list
  if (frameCount > 1 && groups !== null && groups.length === frameCount) {
    return groups.flatMap((group, position) => group.map((four): Placed => ({ position, four, rule: 'list-per-frame' })))
  }
  const near = named.findLast((frame) => frame.at <= at) ?? named[0]
  const position = near?.position ?? lastCited ?? 0
  const rule: FrameRule =
    frameCount === 1 ? 'only-frame' : near !== undefined ? 'named-in-sentence' : lastCited !== null ? 'last-cited' : 'first-frame'
  return boxes.map((four) => ({ position, four, rule }))
}

/** Records are written out in full: spreading the fields they share was a third of the time that an import takes for a row. */
class Builder {
  readonly steps: StepRecord[] = []
  readonly objects = new Map<string, ObjectRecord>()
  readonly boxes: BoxRecord[] = []
  readonly provenance: ProvenanceMap = {}
  readonly problems: Flag[] = []
  private lastCited: number | null = null

  constructor(private readonly context: EvidenceContext) {}

  problem(code: 'S1' | 'B3', recordId: RecordId | null, message: string): void {
    if (this.problems.length < 16) this.problems.push({ code, recordId, message, blocking: false })
  }

  private objectOf(name: string): ObjectRecord {
    const key = name.trim()
    const found = this.objects.get(key)
    if (found !== undefined) return found
    const number = this.objects.size + 1
    const object: ObjectRecord = {
      verdict: 'unseen',
      reasons: [],
      id: recordIdOf(`o${number}`),
      type: 'object',
      order: number,
      phrase: key,
    }
    this.objects.set(key, object)
    return object
  }

  private addBox(objectId: RecordId, placed: Placed): RecordId | null {
    const { raw, rect } = rectOfFour(placed.four, this.context)
    const shown = `[${placed.four.join(', ')}]`
    if (rect.w <= 0 || rect.h <= 0) {
      this.problem('S1', objectId, `The box ${shown} has no area inside the picture and was left out.`)
      return null
    }
    const id = recordIdOf(`b${this.boxes.length + 1}`)
    const slack = Math.max(raw.w, raw.h) * 0.01 + 1
    if (raw.w - rect.w > slack || raw.h - rect.h > slack)
      this.problem('B3', id, `The box ${shown} of the source reaches outside the picture; it was cut at the edge.`)
    const frameId = recordIdOf(`f${placed.position + 1}`)
    this.boxes.push({ verdict: 'unseen', reasons: [], id, type: 'box', objectId, frameId, rect, score: null, agreement: null })
    const provenance = boxProvenance(placed.rule)
    if (provenance !== null) this.provenance[id] = provenance
    return id
  }

  private mention(segment: Mention, at: number, named: readonly NamedFrame[], cited: Set<number>): Token {
    const object = this.objectOf(segment.name)
    const boxIds: RecordId[] = []
    if (this.context.stems.length > 0) {
      for (const placed of placeBoxes(segment, at, named, this.lastCited, this.context.stems.length)) {
        const id = this.addBox(object.id, placed)
        if (id === null) continue
        boxIds.push(id)
        cited.add(placed.position)
      }
    } else if (segment.list.boxes.length > 0) {
      this.problem('S1', object.id, `“${segment.name.trim()}” has a box, but the row names no core frame it could lie on.`)
    }
    return { kind: 'mention', objectId: object.id, text: segment.name, boxIds, emptyBox: segment.hasBoxTag && boxIds.length === 0 }
  }

  addStep(segments: readonly Segment[]): void {
    const sentence = segments.map((segment) => (segment.kind === 'text' ? segment.raw : segment.name)).join('')
    const named = framesNamedIn(sentence, this.context.stems)
    const cited = new Set(named.map((frame) => frame.position))
    const tokens: Token[] = []
    let at = 0
    for (const segment of segments) {
      if (segment.kind === 'mention') {
        tokens.push(this.mention(segment, at, named, cited))
        at += segment.name.length
        continue
      }
      const last = tokens.at(-1)
      // Neighbouring runs are one token, so that an edited sentence and a parsed one compare equal.
      if (last?.kind === 'text') tokens[tokens.length - 1] = { kind: 'text', text: last.text + segment.raw }
      else tokens.push({ kind: 'text', text: segment.raw })
      at += segment.raw.length
    }
    const number = this.steps.length + 1
    const frameIds = [...cited].sort((a, b) => a - b).map((position) => recordIdOf(`f${position + 1}`))
    this.steps.push({
      verdict: 'unseen',
      reasons: [],
      id: recordIdOf(`s${number}`),
      type: 'step',
      order: number,
      tokens,
      frameIds,
      span: null,
    })
    this.lastCited = named.at(-1)?.position ?? this.lastCited
  }
}

/** Reads evidence text into records. Never throws: what could not be read stays as text and is told in `problems`. */
export function readEvidence(text: string, context: EvidenceContext): EvidenceRecords {
  const tagged = readTaggedText(text)
  const builder = new Builder(context)
  for (const problem of tagged.problems.slice(0, 8))
    builder.problem('S1', null, `Evidence, character ${problem.at + 1}: ${problem.message}`)
  for (const segments of splitSteps(tagged.segments)) builder.addStep(segments)
  return {
    steps: builder.steps,
    objects: [...builder.objects.values()],
    boxes: builder.boxes,
    provenance: builder.provenance,
    problems: builder.problems,
  }
}
