/**
 * Three-way merge of one record, by parts. A part is one thing to a person: some fields only make sense together (options
 * and which of them is right; frame index, pts and how they were found), so they merge or conflict together.
 */
import { equalValues } from './equal'
import { type DocRecord, type Reason, type RecordType, recordSchema, type Verdict } from './records'

/** Part name to the fields it holds. Verdict with its reasons is a part of every record, under rules of its own. */
export const RECORD_PARTS: Readonly<Record<RecordType, Readonly<Record<string, readonly string[]>>>> = {
  question: { text: ['text'] },
  answer: { text: ['text'], options: ['options', 'correctIndex'], sufficiency: ['sufficiency'] },
  task: { task: ['task'] },
  coreFrame: {
    order: ['order'],
    position: ['index', 'pts', 'match', 'score', 'margin'],
    caption: ['caption'],
    path: ['path'],
  },
  object: { order: ['order'], phrase: ['phrase'] },
  box: { objectId: ['objectId'], frameId: ['frameId'], rect: ['rect'], score: ['score'], agreement: ['agreement'] },
  step: { order: ['order'], tokens: ['tokens'], frameIds: ['frameIds'], span: ['span'] },
}

const VERDICT_PART = 'verdict'
const VERDICT_FIELDS = ['verdict', 'reasons'] as const

/** A part both sides changed differently. A part of one field shows that field's value, a part of several an object. */
export type PartConflict = { readonly field: string; readonly base: unknown; readonly theirs: unknown; readonly mine: unknown }

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(record: DocRecord, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)))
}

function shown(fields: Fields): unknown {
  const values = Object.values(fields)
  return values.length === 1 ? values[0] : fields
}

/** One record with one part taken from another record of the same type. */
export function withPart(record: DocRecord, part: string, from: DocRecord): DocRecord {
  const names = part === VERDICT_PART ? VERDICT_FIELDS : (RECORD_PARTS[record.type][part] ?? [])
  return recordSchema.parse({ ...record, ...fieldsOf(from, names) })
}

/** What a verdict is about: not the place in a list, not which box a mention cites (edits of boxes keep that up). */
function judgedPart(record: DocRecord): Fields {
  const names = Object.entries(RECORD_PARTS[record.type]).flatMap(([part, fields]) => (part === 'order' ? [] : fields))
  if (record.type !== 'step') return fieldsOf(record, names)
  const tokens = record.tokens.map((token) => (token.kind === 'mention' ? { ...token, boxIds: [] } : token))
  return { ...fieldsOf(record, names), tokens }
}

function unionOfReasons(a: readonly Reason[], b: readonly Reason[]): Reason[] {
  const union = [...a, ...b.filter((reason) => !a.some((other) => equalValues(other, reason)))]
  const key = (reason: Reason) => `${reason.code} ${reason.note}`
  // Sorted, so that the merge does not depend on who is called "theirs"; 16 is the limit of the schema.
  return union.sort((x, y) => (key(x) < key(y) ? -1 : 1)).slice(0, 16)
}

type Said = { readonly verdict: Verdict; readonly reasons: Reason[] }

/**
 * The verdict both sides amount to, or null when only a person can say:
 * - one side only spoke: that stands, except over content it has not seen: accepted becomes edited, rejected is a conflict
 * - both rejected: rejected, with the reasons of both
 * - one says stale: stale, because the ground moved whatever else was said
 * - accepted and edited: edited, since the edit is newer than what was accepted
 * - anything else the two disagree on: conflict
 */
function mergeVerdict(base: DocRecord, theirs: DocRecord, mine: DocRecord): Said | null {
  const said = ({ verdict, reasons }: DocRecord): Said => ({ verdict, reasons })
  if (equalValues(said(theirs), said(mine))) return said(theirs)
  const didSpeak = (side: DocRecord) => !equalValues(said(side), said(base))
  if (didSpeak(theirs) && didSpeak(mine)) {
    const both = [theirs.verdict, mine.verdict]
    const only = (...verdicts: Verdict[]) => both.every((verdict) => verdicts.includes(verdict))
    if (both.includes('stale')) return { verdict: 'stale', reasons: [] }
    if (only('rejected')) return { verdict: 'rejected', reasons: unionOfReasons(theirs.reasons, mine.reasons) }
    return only('accepted', 'edited') ? { verdict: 'edited', reasons: [] } : null
  }
  const [speaker, other] = didSpeak(theirs) ? [theirs, mine] : [mine, theirs]
  const isUnseen = !equalValues(judgedPart(other), judgedPart(base))
  if (speaker.verdict === 'rejected' && isUnseen) return null
  return speaker.verdict === 'accepted' && isUnseen ? { verdict: 'edited', reasons: [] } : said(speaker)
}

/**
 * Both sides' changes in one record of the same id and type. Parts in conflict keep their value from `theirs`, which is
 * what the server holds.
 */
export function mergeRecord(
  base: DocRecord,
  theirs: DocRecord,
  mine: DocRecord,
): { readonly record: DocRecord; readonly conflicts: PartConflict[] } {
  const conflicts: PartConflict[] = []
  let record = theirs
  for (const [part, names] of Object.entries(RECORD_PARTS[base.type])) {
    const [was, their, my] = [fieldsOf(base, names), fieldsOf(theirs, names), fieldsOf(mine, names)]
    if (equalValues(my, was) || equalValues(my, their)) continue
    if (equalValues(their, was)) record = withPart(record, part, mine)
    else conflicts.push({ field: part, base: shown(was), theirs: shown(their), mine: shown(my) })
  }
  const said = mergeVerdict(base, theirs, mine)
  if (said !== null) return { record: { ...record, ...said }, conflicts }
  const [was, their, my] = [base, theirs, mine].map((side) => fieldsOf(side, VERDICT_FIELDS))
  return { record, conflicts: [...conflicts, { field: VERDICT_PART, base: was, theirs: their, mine: my }] }
}
