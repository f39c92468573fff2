/** One measured figure. `target` is what design asks for; `isMet` null where it only informs. */
export type Figure = { name: string; value: number; unit: string; target: string | null; isMet: boolean | null }

export type BenchResult = {
  figures: readonly Figure[]
  /** How it was measured: sizes, counts, what ran beside it. */
  notes: readonly string[]
}

/** What every module of this folder exports as `bench`. */
export type Bench = { name: string; run(): Promise<BenchResult> }

/** Value at the given share (0–1) of the sorted samples, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

/** For a measurement that runs in a process of its own: its result as one line of JSON on stdout, then the end of the process. */
export function printAndExit(measuring: Promise<BenchResult>): void {
  measuring.then(
    (result) => {
      process.stdout.write(`${JSON.stringify(result)}\n`)
      process.exit(0)
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
}
