/** The videos of a run as its table shows them: a cell for each stage, what went wrong in words, how long the work took. */
import { z } from 'zod'
import { STAGES, stageNameSchema } from './stages'

export const videoFilterSchema = z.enum(['active', 'failed', 'done'])
export type VideoFilter = z.infer<typeof videoFilterSchema>

/**
 * `memory` = done, and every result was there already. `retrying` = failed and waits for its next try. `none` = there is
 * nothing to do for this video, because no question of it passed the filter.
 */
export const cellStateSchema = z.enum(['waiting', 'running', 'retrying', 'done', 'memory', 'failed', 'cancelled', 'none'])
export type CellState = z.infer<typeof cellStateSchema>

const count = z.int().min(0)

/** A stage of one video; draft stages are summed over its questions. */
export const cellSchema = z.object({ state: cellStateSchema, done: count, total: count, failed: count })
export type Cell = z.infer<typeof cellSchema>

/** What stopped a stage. `nextTryAt` (ISO 8601) only while it will be tried again. */
export const runTroubleSchema = z.object({
  stage: stageNameSchema,
  code: z.string().nullable(),
  message: z.string(),
  tries: count,
  nextTryAt: z.string().nullable(),
})
export type RunTrouble = z.infer<typeof runTroubleSchema>

/** `workSec` = time spent on its tasks; `cells` in the order of the stages. */
export const runVideoSchema = z.object({
  videoId: z.uuid(),
  name: z.string(),
  hasPoster: z.boolean(),
  cells: z.array(cellSchema),
  drafts: count,
  workSec: z.number().min(0),
  isOpen: z.boolean(),
  failedTaskIds: z.array(z.uuid()),
  trouble: runTroubleSchema.nullable(),
})
export type RunVideo = z.infer<typeof runVideoSchema>

export const runVideosPageSchema = z.object({ rows: z.array(runVideoSchema), next: z.string().nullable() })
export type RunVideosPage = z.infer<typeof runVideosPageSchema>

/** Tasks of one stage of one video, counted by state. */
export type CellCount = {
  readonly stage: string
  readonly done: number
  readonly memory: number
  readonly running: number
  readonly waiting: number
  readonly retrying: number
  readonly failed: number
  readonly cancelled: number
}

const NOTHING = { done: 0, memory: 0, running: 0, waiting: 0, retrying: 0, failed: 0, cancelled: 0 }

function stateOf(count: Omit<CellCount, 'stage'>, total: number): CellState {
  if (count.failed > 0) return 'failed'
  if (count.retrying > 0) return 'retrying'
  if (count.running > 0 || (count.done > 0 && count.done + count.cancelled < total)) return 'running'
  if (count.cancelled > 0) return 'cancelled'
  if (count.done === 0) return 'waiting'
  return count.memory === count.done ? 'memory' : 'done'
}

/** One cell a stage, in order. A draft stage has as many tasks to come as the fullest draft stage has already. */
export function cellsOf(counts: readonly CellCount[]): Cell[] {
  const byStage = new Map(counts.map((count) => [count.stage, count]))
  const seen = (stage: string) => {
    const { done, running, waiting, failed, cancelled } = byStage.get(stage) ?? NOTHING
    return done + running + waiting + failed + cancelled
  }
  const drafts = Math.max(0, ...STAGES.filter(({ scope }) => scope === 'draft').map(({ name }) => seen(name)))
  const isFiltered = (byStage.get('filter-qa')?.done ?? 0) > 0
  return STAGES.map(({ name, scope }): Cell => {
    const count = byStage.get(name) ?? NOTHING
    const total = scope === 'video' ? 1 : drafts
    if (scope === 'draft' && drafts === 0 && isFiltered) return { state: 'none', done: 0, total: 0, failed: 0 }
    return { state: stateOf(count, total), done: count.done, total: Math.max(total, seen(name)), failed: count.failed }
  })
}
