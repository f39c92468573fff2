/** A throw-away installation for benchmarks: its own data folder, its own durable database, real commands in real processes. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { CLIP_SPECS } from '@/e2e/fixtures/clip-specs'
import { clipPath } from '@/e2e/fixtures/clips'
import { startDatabase } from '../scripts/database.mjs'
import { measureNode } from '../scripts/measure-command.mjs'
import { migrate } from '../scripts/migrate.mjs'
import { writeGeneratedFile } from './generated-rows'
import type { BenchResult } from './result'

export type Measured = { readonly seconds: number; readonly peakRssMib: number; readonly result: unknown }

export type Installation = {
  readonly folder: string
  /** Settings of a process that works on it. */
  readonly environment: Readonly<Record<'DATABASE_URL' | 'CREMA_DATA', string>>
  crema(args: readonly string[]): Promise<Measured>
  sql(text: string): Promise<void>
  stop(): Promise<void>
}

/** 200,000 unless CREMA_BENCH_ROWS says otherwise (a quick look on a busy machine). */
export const BENCH_ROWS = Number(process.env.CREMA_BENCH_ROWS ?? 200_000)
const CLIPS = 8

export async function openInstallation(): Promise<Installation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-bench-'))
  const dataDir = path.join(folder, 'data')
  const database = await startDatabase({ dataDir })
  await migrate(database.url)
  const environment = { ...process.env, DATABASE_URL: database.url, CREMA_DATA: dataDir, LOG_LEVEL: 'warn' }
  return {
    folder,
    environment: { DATABASE_URL: database.url, CREMA_DATA: dataDir },
    async crema(args) {
      const { code, output, seconds, peakRssMib } = await measureNode(['cli/crema.mjs', ...args, '--json'], environment)
      if (code !== 0 && code !== 2) throw new Error(`crema ${args[0]} ended with ${code}: ${output.slice(-500)}`)
      return { seconds, peakRssMib, result: JSON.parse(output) }
    },
    async sql(text) {
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      await client.query(text).finally(() => client.end())
    },
    async stop() {
      await database.stop()
      // The server's own files lie elsewhere where root may not run it.
      for (const own of [folder, database.folder]) if (own !== null) rmSync(own, { recursive: true, force: true })
    },
  }
}

/** A generated annotation file and a folder with the clips it names. */
export async function makeInput(folder: string, rows: number): Promise<{ file: string; media: string; bytes: number }> {
  const media = path.join(folder, 'media')
  mkdirSync(media, { recursive: true })
  const specs = CLIP_SPECS.filter((spec) => spec.pts.length >= 60).slice(0, CLIPS)
  const names = specs.map((spec) => {
    const name = path.basename(clipPath(spec))
    copyFileSync(clipPath(spec), path.join(media, name))
    return name
  })
  const file = path.join(folder, 'generated.json')
  return { file, media, bytes: await writeGeneratedFile(file, rows, names) }
}

/** What a measuring process says that has a fresh installation's settings from its start, and prints its result as JSON. */
export async function measureInside(script: string): Promise<BenchResult> {
  const installation = await openInstallation()
  try {
    const environment = { ...process.env, ...installation.environment, LOG_LEVEL: 'fatal' }
    const { code, output } = await measureNode(['scripts/run-ts.mjs', script], environment)
    if (code !== 0) throw new Error(`The measuring process ended with ${code}.`)
    return JSON.parse(output)
  } finally {
    await installation.stop()
  }
}
