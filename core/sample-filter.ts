/** What a list of samples is narrowed to, and its form in an address. Queue, samples list and export dialogs share it. */
import { z } from 'zod'
import { DEFECT_CODES, type DefectCode } from './records'
import { type SampleState, sampleStateSchema } from './sample-state'

/** `risk` = riskiest first, `import` = as imported, `recent` = last changed first. */
export const sampleOrderSchema = z.enum(['risk', 'import', 'recent'])
export type SampleOrder = z.infer<typeof sampleOrderSchema>

/** Within a list the entries are alternatives; lists narrow each other. `task` entries are `Sample.task`, `''` = none given. */
export type SampleFilter = {
  readonly state: readonly SampleState[]
  readonly task: readonly string[]
  readonly flag: readonly DefectCode[]
  /** Every word must stand in the question, as the beginning of a word; or the whole text is the sample's external id. */
  readonly text: string
  readonly videoId: string | null
  readonly order: SampleOrder
}

/** No condition, riskiest first. */
export const EMPTY_FILTER: SampleFilter = { state: [], task: [], flag: [], text: '', videoId: null, order: 'risk' }

const MAX_CHOICES = 64
const MAX_TEXT = 200
const defectCodes: ReadonlySet<string> = new Set(DEFECT_CODES)
const isDefectCode = (word: string): word is DefectCode => defectCodes.has(word)

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)].slice(0, MAX_CHOICES)
}

/** Reads what it knows and drops the rest, so that an old or mistyped address still opens a list. */
export function parseSampleFilter(params: URLSearchParams): SampleFilter {
  const order = sampleOrderSchema.safeParse(params.get('order'))
  const video = z.uuid().safeParse(params.get('video'))
  return {
    state: unique(params.getAll('state').flatMap((word) => sampleStateSchema.safeParse(word).data ?? [])),
    task: unique(params.getAll('task').map((word) => word.slice(0, MAX_TEXT))),
    flag: unique(params.getAll('flag').filter(isDefectCode)),
    text: (params.get('q') ?? '').trim().slice(0, MAX_TEXT),
    videoId: video.success ? video.data : null,
    order: order.success ? order.data : EMPTY_FILTER.order,
  }
}

/** The reverse of `parseSampleFilter`: same filter, same parameters, in a fixed order; defaults are left out. */
export function sampleFilterParams(filter: SampleFilter): URLSearchParams {
  const params = new URLSearchParams()
  for (const state of [...filter.state].sort()) params.append('state', state)
  for (const task of [...filter.task].sort()) params.append('task', task)
  for (const flag of [...filter.flag].sort()) params.append('flag', flag)
  if (filter.text !== '') params.set('q', filter.text)
  if (filter.videoId !== null) params.set('video', filter.videoId)
  if (filter.order !== EMPTY_FILTER.order) params.set('order', filter.order)
  return params
}

/** Whether the filter lets everything through; the order does not narrow. */
export function isEmptyFilter(filter: SampleFilter): boolean {
  return filter.state.length + filter.task.length + filter.flag.length === 0 && filter.text === '' && filter.videoId === null
}
