/**
 * The pipeline's own share of the time, and how it grows with workers: real worker processes against a scripted model server that
 * answers after a fixed time.
 */
import { measureNode } from '../scripts/measure-command.mjs'
import { openInstallation } from './installation'
import type { Bench, BenchResult } from './result'

async function run(): Promise<BenchResult> {
  const installation = await openInstallation()
  try {
    const environment = { ...process.env, ...installation.environment, LOG_LEVEL: 'fatal' }
    const { code, output } = await measureNode(['scripts/run-ts.mjs', 'bench/pipeline-work.ts'], environment)
    if (code !== 0) throw new Error(`The measuring process ended with ${code}.`)
    return JSON.parse(output)
  } finally {
    await installation.stop()
  }
}

export const bench: Bench = { name: 'pipeline', run }
