/** Which records a record points at, and what becomes of it when they are gone. */
import { recordAt } from './document'
import type { DocRecord, SampleDocument, StepRecord, Token } from './records'

/** Ids a record needs to exist: a box its object and frame, a step its frames, objects and boxes. */
export function referencesOf(record: DocRecord): string[] {
  if (record.type === 'box') return [record.objectId, record.frameId]
  if (record.type !== 'step') return []
  const mentioned = record.tokens.flatMap((token) => (token.kind === 'mention' ? [token.objectId, ...token.boxIds] : []))
  return [...record.frameIds, ...mentioned]
}

/** Joins neighbouring text runs and drops empty ones, so that equal sentences have equal tokens. */
export function joinTokens(tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    if (token.kind === 'mention') joined.push(token)
    else if (token.text === '') continue
    else if (last?.kind === 'text') joined[joined.length - 1] = { kind: 'text', text: last.text + token.text }
    else joined.push(token)
  }
  return joined
}

function fittingToken(doc: SampleDocument, token: Token): Token {
  if (token.kind === 'text') return token
  if (recordAt(doc, token.objectId, 'object') === null) return { kind: 'text', text: token.text }
  const boxIds = token.boxIds.filter((id) => recordAt(doc, id, 'box')?.objectId === token.objectId)
  return boxIds.length === token.boxIds.length ? token : { ...token, boxIds }
}

/** The step without what is gone: citations vanish, mentions of a missing object become plain text. The same value if all is there. */
export function fittingStep(doc: SampleDocument, step: StepRecord): StepRecord {
  const frameIds = step.frameIds.filter((id) => recordAt(doc, id, 'coreFrame') !== null)
  const tokens = step.tokens.map((token) => fittingToken(doc, token))
  const isSame = frameIds.length === step.frameIds.length && tokens.every((token, index) => token === step.tokens[index])
  return isSame ? step : { ...step, frameIds, tokens: joinTokens(tokens) }
}

/** The document without boxes whose object or frame is gone, and with steps that cite only what is there. */
export function withoutDangling(doc: SampleDocument): SampleDocument {
  const kept: Record<string, DocRecord> = {}
  for (const [id, record] of Object.entries(doc)) {
    const isLost =
      record.type === 'box' && (recordAt(doc, record.objectId, 'object') === null || recordAt(doc, record.frameId, 'coreFrame') === null)
    if (!isLost) kept[id] = record
  }
  for (const record of Object.values(kept)) {
    if (record.type === 'step') kept[record.id] = fittingStep(kept, record)
  }
  return kept
}
