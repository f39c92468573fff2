/** What of a record is content, and what is only said about it. */
import { equalValues } from './equal'
import type { DocRecord } from './records'

/** Said by people, or bookkeeping of how a value came about; never part of the dataset's content. */
const REMARKS: ReadonlySet<string> = new Set(['verdict', 'reasons', 'sufficiency', 'match', 'score', 'margin', 'agreement'])

function contentOf(record: DocRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !REMARKS.has(field)))
}

/** Whether two records say the same to a reader of the dataset, whatever was said of them in review. */
export function sameContent(a: DocRecord, b: DocRecord): boolean {
  return a === b || equalValues(contentOf(a), contentOf(b))
}
