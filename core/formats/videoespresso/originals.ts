/** Values of known fields that the document would write differently: kept, so that what nobody edited goes out as it came. */
import { canonicalJson, type Json } from '@/core/formats/json'
import type { SampleDocument } from '@/core/records'
import type { FieldName } from './fields'
import { plainFields } from './plain-fields'
import type { EspressoRow } from './row'

const ALWAYS_KEPT: readonly FieldName[] = ['id', 'split']
const COMPARED: readonly FieldName[] = ['question', 'answer', 'task', 'frameCaptions', 'options', 'correctAnswer']

/** By our field names: id and split always, other fields where the document would write something else. */
export function originalsOf(row: EspressoRow, document: SampleDocument): Record<string, Json> {
  const written = plainFields(document)
  const originals: Record<string, Json> = {}
  for (const field of ALWAYS_KEPT) {
    const value = row.values[field]
    if (value !== undefined) originals[field] = value
  }
  for (const field of COMPARED) {
    const value = row.values[field]
    if (value === undefined) continue
    const ours = written[field]
    if (ours === undefined || canonicalJson(ours) !== canonicalJson(value)) originals[field] = value
  }
  return originals
}
