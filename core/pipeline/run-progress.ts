/**
 * From counted tasks to what a person wants to know of a run: how much there is, how fast it goes, when it ends, what it will
 * have cost. Estimates only; nothing here decides anything.
 */
import type { RunState, StageProgress } from './run-status'
import type { CellCount } from './run-videos'
import { STAGES, type StageName } from './stages'

/** Tasks of one stage of a whole run. `recent` = done in the last `windowSec` seconds; the rest as in `StageProgress`. */
export type StageCount = CellCount & { readonly recent: number; readonly costMicroUsd: number }

/** `windowSec` > 0 = the time over which `recent` was counted; shorter than a minute while the run is younger than that. */
export type ProgressFacts = {
  readonly state: RunState
  readonly windowSec: number
  readonly videosTotal: number
  readonly spentMicroUsd: number
  readonly stages: readonly StageCount[]
}

/** Stages with rate and time left in seconds; time and money that the whole run will still take, null while nothing can be said. */
export type Progress = { readonly stages: StageProgress[]; readonly leftSec: number | null; readonly forecastMicroUsd: number | null }

const EMPTY = { done: 0, memory: 0, running: 0, waiting: 0, retrying: 0, failed: 0, cancelled: 0, recent: 0, costMicroUsd: 0 }

type Counts = Omit<StageCount, 'stage'>

const seen = (count: Omit<Counts, 'recent'>) => count.done + count.running + count.waiting + count.failed + count.cancelled

/**
 * How many drafts there will be: those known, and for each video whose questions are not filtered yet as many as a filtered
 * one brought on average. null before the first video is filtered.
 */
function expectedDrafts(of: (stage: StageName) => Counts, videosTotal: number): number | null {
  const known = Math.max(0, ...STAGES.filter(({ scope }) => scope === 'draft').map(({ name }) => seen(of(name))))
  const filter = of('filter-qa')
  const open = Math.max(0, videosTotal - filter.done - filter.failed - filter.cancelled)
  if (filter.done === 0) return open === 0 ? known : null
  return known + Math.round((open * known) / filter.done)
}

/**
 * Progress of every stage in order. A stage cannot end before the one it gets its work from, so `leftSec` never falls along
 * the order. While a run does not run there is no rate and no end in sight. The forecast is what is spent and, for each task
 * left, what such a task cost so far; null as long as a stage with a model has no paid task to go by.
 */
export function progressOf(facts: ProgressFacts): Progress {
  const counts = new Map(facts.stages.map((count) => [count.stage, count]))
  const of = (stage: StageName): Counts => counts.get(stage) ?? EMPTY
  const drafts = expectedDrafts(of, facts.videosTotal)
  let leftSec: number | null = 0
  let forecast: number | null = facts.spentMicroUsd
  const stages = STAGES.map(({ name, scope, role }): StageProgress => {
    const { recent, ...count } = { ...EMPTY, ...of(name) }
    const expected = scope === 'video' ? facts.videosTotal : drafts
    const total = expected === null ? null : Math.max(expected, seen(count))
    const left = total === null ? null : Math.max(0, total - count.done - count.failed - count.cancelled)
    const perSec = facts.state === 'running' && recent > 0 ? recent / facts.windowSec : null
    leftSec = laterOf(leftSec, left === 0 ? 0 : left === null || perSec === null ? null : left / perSec)
    const paid = count.done - count.memory
    if (left === null || (left > 0 && paid === 0 && role !== null)) forecast = null
    else if (forecast !== null && left > 0 && paid > 0) forecast += (left * count.costMicroUsd) / paid
    return { ...count, stage: name, total, perSec, leftSec: left === 0 ? 0 : facts.state === 'running' ? leftSec : null }
  })
  return {
    stages,
    leftSec: facts.state === 'running' ? leftSec : null,
    forecastMicroUsd: forecast === null ? null : Math.round(forecast),
  }
}

/** The later of two ends. One that nobody knows makes the result unknown, unless the work before it is known to take longer. */
function laterOf(before: number | null, own: number | null): number | null {
  if (own === null) return before === 0 ? null : before
  return before === null ? null : Math.max(before, own)
}
