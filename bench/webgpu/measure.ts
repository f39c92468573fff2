/** Times of one thing done again and again. */
import type { Measured } from './outcome'

/** `budgetSec` ends the runs of one thing early, but not before the first: a software adapter takes minutes for what a card does in a moment. */
export type Patience = { readonly runs: number; readonly budgetSec: number }
export type Subject = Pick<Measured, 'what' | 'by' | 'device' | 'batch'>

/** Runs that are not counted: programs are made, caches filled, clocks of a card raised. */
const WARM_UPS = 5

export async function measure(subject: Subject, { runs, budgetSec }: Patience, work: () => Promise<unknown>): Promise<Measured> {
  const once = async () => {
    const begin = performance.now()
    await work()
    return performance.now() - begin
  }
  const until = performance.now() + budgetSec * 1000
  const isLeft = () => performance.now() < until
  const firstMs = await once()
  // What takes longer than all runs together may is not done again: its figure is that of a cold run, and says so.
  const isWarm = isLeft()
  for (let run = 1; run < WARM_UPS && isLeft(); run += 1) await once()
  const times: number[] = isWarm ? [] : [firstMs]
  while (times.length === 0 || (times.length < runs && isLeft())) times.push(await once())
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN
  return { ...subject, runs: times.length, isWarm, firstMs, medianMs: at(0.5), p10Ms: at(0.1), p90Ms: at(0.9) }
}
