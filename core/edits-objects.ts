/** Edits of key objects. */
import { boxesOfObject, recordsOf, requireRecord } from './document'
import { withoutRecords } from './edits-frames'
import { AppError } from './errors'
import type { RecordId } from './ids'
import { afterConsequence, afterEdit, orderBetween, putAll, putNew } from './record-edit'
import type { DocRecord, SampleDocument, Token } from './records'

function requirePhrase(phrase: string): string {
  const trimmed = phrase.trim()
  if (trimmed === '') throw new AppError('invalid_input', 'An object needs a name.', { phrase })
  return trimmed
}

/** Adds an object as the last one, so that the numbers and colours of the others stay. */
export function addObject(doc: SampleDocument, object: { readonly id: RecordId; readonly phrase: string }): SampleDocument {
  const order = orderBetween(recordsOf(doc, 'object').at(-1)?.order ?? null, null)
  return putNew(doc, { id: object.id, type: 'object', verdict: 'added', reasons: [], order, phrase: requirePhrase(object.phrase) })
}

/**
 * Renames an object. Mentions written exactly as the old name follow, because the exported tag is the mention's text and
 * text and boxes must not drift apart; accepted steps whose sentence changes by that become stale.
 */
export function renameObject(doc: SampleDocument, objectId: string, phrase: string): SampleDocument {
  const object = requireRecord(doc, objectId, 'object')
  const name = requirePhrase(phrase)
  if (object.phrase === name) return doc
  const isNamed = (token: Token) => token.kind === 'mention' && token.objectId === objectId && token.text === object.phrase
  const changed: DocRecord[] = [{ ...object, phrase: name, ...afterEdit(object.verdict) }]
  for (const step of recordsOf(doc, 'step')) {
    if (!step.tokens.some(isNamed)) continue
    const tokens = step.tokens.map((token) => (isNamed(token) ? { ...token, text: name } : token))
    changed.push({ ...step, tokens, verdict: afterConsequence(step.verdict) })
  }
  return putAll(doc, changed)
}

/** Removes an object with its boxes; its mentions become plain text and accepted steps that had one become stale. */
export function removeObject(doc: SampleDocument, objectId: string): SampleDocument {
  requireRecord(doc, objectId, 'object')
  return withoutRecords(doc, new Set([objectId, ...boxesOfObject(doc, objectId).map((box) => box.id)]))
}
