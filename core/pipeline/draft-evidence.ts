/** Objects, boxes and steps of a draft, from what the stages put out. */
import { AppError } from '../errors'
import type { Flag } from '../flag'
import { recordIdOf } from '../formats/videoespresso/record-ids'
import { roundRect } from '../geometry'
import type { RecordId } from '../ids'
import type { BoxRecord, ObjectRecord, StepRecord, Token } from '../records'
import type { RecordOrigin } from './draft-origin'
import type { EvidenceToken, GroundOutput, NameObjectsOutput, VerifyOutput, WriteEvidenceOutput } from './outputs'

/** Most boxes one mention can cite (records.ts). */
const MAX_BOXES_OF_MENTION = 256

const fresh = { verdict: 'unseen' as const, reasons: [] }

/** The records that the evidence stages give, and what they could not show in a document. */
export type DraftEvidence = {
  readonly objects: readonly ObjectRecord[]
  readonly boxes: readonly BoxRecord[]
  readonly steps: readonly StepRecord[]
  readonly origins: Readonly<Record<string, RecordOrigin>>
  readonly problems: readonly Flag[]
}

/** What stands at a position that another stage names. @throws AppError `internal` when results of different runs were mixed */
function at<T>(items: readonly T[], position: number, what: string): T {
  const found = items.slice(position, position + 1)
  for (const item of found) return item
  throw new AppError(
    'internal',
    `The results of the stages do not fit together: there is no ${what} ${position + 1}. Run the video anew.`,
    {
      what,
      position,
    },
  )
}

/** Boxes the verifier accepted. The others stay in the results of `ground` and `verify`, as rejected alternatives. */
function boxesOf(ground: GroundOutput, verify: VerifyOutput, objects: readonly ObjectRecord[], frameIdOf: readonly RecordId[]) {
  const boxes: BoxRecord[] = []
  const origins: Record<string, RecordOrigin> = {}
  const problems: Flag[] = []
  for (const [position, found] of ground.boxes.entries()) {
    const check = at(verify.checks, position, 'check of box')
    const object = at(objects, found.object, 'object')
    const frameId = at(frameIdOf, found.frame, 'core frame')
    if (!check.isAccepted) continue
    const id = recordIdOf(`b${boxes.length + 1}`)
    const rect = roundRect(found.rect, 3)
    boxes.push({ ...fresh, id, type: 'box', objectId: object.id, frameId, rect, score: found.score, agreement: check.agreement })
    origins[id] = { stage: 'ground', parameters: { label: found.label, rank: check.rank }, note: check.note === '' ? null : check.note }
    if (check.rank !== null && check.rank > 1) {
      const message = `Another phrase of this sample fits the box of “${object.phrase}” better (it ranks ${check.rank}).`
      problems.push({ code: 'B2', recordId: id, message, blocking: false })
    }
  }
  return { boxes, origins, problems }
}

function objectOrigin(position: number, ground: GroundOutput, verify: VerifyOutput): RecordOrigin {
  const checks = ground.boxes.flatMap((box, place) => (box.object === position ? [verify.checks[place]] : []))
  const rejected = checks.filter((check) => check?.isAccepted === false).length
  const reason = ground.undetectable.find((entry) => entry.object === position)?.reason ?? null
  return { stage: 'name-objects', parameters: { boxesFound: checks.length, boxesRejected: rejected }, note: reason }
}

/** Neighbouring runs are one token and empty ones none, so that an edited sentence and a drafted one compare equal. */
function tokensOf(
  tokens: readonly EvidenceToken[],
  objects: readonly ObjectRecord[],
  boxIdsOf: (objectId: RecordId) => RecordId[],
): Token[] {
  const built: Token[] = []
  for (const token of tokens) {
    const last = built.at(-1)
    if (token.kind === 'mention') {
      const object = at(objects, token.object, 'object')
      const text = token.text === '' ? object.phrase : token.text
      built.push({ kind: 'mention', objectId: object.id, text, boxIds: boxIdsOf(object.id), emptyBox: false })
    } else if (last?.kind === 'text') built[built.length - 1] = { kind: 'text', text: last.text + token.text }
    else if (token.text !== '') built.push({ kind: 'text', text: token.text })
  }
  return built
}

/**
 * Builds objects, boxes and steps. A mention cites the boxes of its object on the frames its step cites; where the step cites
 * none, all boxes of the object.
 *
 * @param frameIdOf the core frame that stands for each position of the writer's list
 * @throws AppError `internal` when a stage names a position that another one does not have
 */
export function draftEvidence(
  parts: {
    readonly objects: NameObjectsOutput
    readonly evidence: WriteEvidenceOutput
    readonly ground: GroundOutput
    readonly verify: VerifyOutput
  },
  frameIdOf: readonly RecordId[],
): DraftEvidence {
  const objects = parts.objects.objects.map(({ phrase }, position): ObjectRecord => {
    return { ...fresh, id: recordIdOf(`o${position + 1}`), type: 'object', order: position + 1, phrase }
  })
  const { boxes, origins: boxOrigins, problems } = boxesOf(parts.ground, parts.verify, objects, frameIdOf)
  const steps = parts.evidence.steps.map((step, position): StepRecord => {
    const frameIds = [...new Set(step.frames.map((frame) => at(frameIdOf, frame, 'core frame')))]
    const boxIdsOf = (objectId: RecordId) =>
      boxes
        .filter((box) => box.objectId === objectId && (frameIds.length === 0 || frameIds.includes(box.frameId)))
        .map((box) => box.id)
        .slice(0, MAX_BOXES_OF_MENTION)
    const tokens = tokensOf(step.tokens, objects, boxIdsOf)
    return { ...fresh, id: recordIdOf(`s${position + 1}`), type: 'step', order: position + 1, tokens, frameIds, span: null }
  })
  const origins: Record<string, RecordOrigin> = { ...boxOrigins }
  for (const [position, object] of objects.entries()) origins[object.id] = objectOrigin(position, parts.ground, parts.verify)
  for (const step of steps) origins[step.id] = { stage: 'write-evidence', parameters: {}, note: null }
  return { objects, boxes, steps, origins, problems }
}
