/** Whether two versions of a document say the same; verdicts and reasons are the reviewer's notes, not content. */
import { equalValues } from '@/core/equal'
import type { DocRecord, RecordType, SampleDocument } from '@/core/records'

function contentOf(record: DocRecord): unknown {
  const { verdict: _verdict, reasons: _reasons, ...content } = record
  if (content.type !== 'answer') return content
  const { sufficiency: _sufficiency, ...answer } = content
  return answer
}

/** Compares the records of the given types only. */
export function hasSameContent(a: SampleDocument, b: SampleDocument, types: readonly RecordType[]): boolean {
  if (a === b) return true
  const pick = (document: SampleDocument) => Object.values(document).filter((record) => types.includes(record.type))
  const left = pick(a)
  const right = new Map(pick(b).map((record) => [record.id, record]))
  if (left.length !== right.size) return false
  return left.every((record) => {
    const other = right.get(record.id)
    return other !== undefined && equalValues(contentOf(record), contentOf(other))
  })
}
