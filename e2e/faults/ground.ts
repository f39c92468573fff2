/**
 * Where faults are injected: a database and a data folder of their own, a scripted model server, real worker processes. The
 * caller has set DATABASE_URL and CREMA_DATA; the modules of the server are loaded after that.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PipelineSettings, PRESETS } from '@/core/pipeline/settings'
import type { ClipSpec } from '@/e2e/fixtures/clip-specs'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { type ModelServer, startModelServer } from '@/e2e/model-server'
import { ROOT, TEST_MODELS } from '@/scripts/paths.mjs'
import { db } from '@/server/db'
import { runExport } from '@/server/export/run-export'
import { registerVideo } from '@/server/media/register-video'
import { createRun, type RunRequest } from '@/server/pipeline/start-run'

const LOCAL = { provider: 'server:local', model: 'default', parameters: { temperature: 0 } } as const
/** Everything asked of the scripted server, so that there is a call to lose at each stage. */
export const FAULT_SETTINGS: PipelineSettings = {
  ...PRESETS['local-server'],
  preset: 'custom',
  roles: { ...PRESETS['local-server'].roles, captioner: LOCAL, embedder: LOCAL, 'qa-writer': LOCAL, 'cot-writer': LOCAL, detector: LOCAL },
  judges: [LOCAL, { ...LOCAL, model: 'second' }],
  prices: { 'server:local/default': { inputPerMillion: 1_000_000, outputPerMillion: 4_000_000 } },
}

/** So many of the short clips, or these. */
export type Clips = number | readonly ClipSpec[]

const SHORT_CLIPS = [
  'cfr-25',
  'cfr-30',
  'vfr',
  'b-frames',
  'cfr-23.976',
  'cfr-59.94',
  'open-gop',
  'intra-refresh',
  'negative-pts',
  'rotate-90',
  'rotate-180',
  'rotate-270',
  'sar-4-3',
  'fragmented',
  'vfr-mkv',
  'vp9',
]

/** Clips of a minute, no two alike: two groups each, so some five drafts where a short clip gives one or none. */
export function minuteClips(count: number): readonly ClipSpec[] {
  const spec = clipSpec('cfr-25')
  const pts = (length: number) => Array.from({ length }, (_, i) => i)
  return Array.from({ length: count }, (_, i) => ({ ...spec, name: `minute-${i}`, timeBase: [1, 5], frameRate: [5, 1], pts: pts(300 + i) }))
}
/** The same in calm and in storm: drafts name the time of their run. */
const BEGAN_AT = new Date('2026-01-01T00:00:00Z')

export type Ground = { readonly server: ModelServer; startWorker(extra?: Readonly<Record<string, string>>): Worker }
export type Worker = { readonly pid: number; kill(signal: NodeJS.Signals): void; readonly gone: Promise<void>; log(): string }

export async function openGround({ latencyMs = 5 }: { latencyMs?: number } = {}): Promise<Ground> {
  const server = await startModelServer({ latencyMs })
  linkModels()
  return { server, startWorker: (extra = {}) => startWorker({ ...server.env, ...extra }) }
}

/** The embedded models as the tests have them: fetched and converted once for all. */
function linkModels(): void {
  const target = path.join(process.env.CREMA_DATA ?? '', 'models', 'embedded')
  if (existsSync(target)) return
  mkdirSync(path.dirname(target), { recursive: true })
  symlinkSync(TEST_MODELS, target)
}

function startWorker(extra: Readonly<Record<string, string>>): Worker {
  const environment = { ...process.env, CREMA_JOB_HEARTBEAT_SEC: '10', LOG_LEVEL: 'warn', ...extra, NODE_ENV: 'test' as const }
  const child: ChildProcess = spawn(process.execPath, [path.join(ROOT, 'scripts', 'run-ts.mjs'), 'worker/main.ts'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the media program dies with its worker, as under a real kill.
    detached: true,
  })
  const lines: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const pid = child.pid ?? 0
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal)
    } catch {
      // It has gone by itself.
    }
  }
  return { pid, kill, gone, log: () => lines.join('') }
}

export async function makeFaultProject(slug: string, clips: Clips): Promise<string> {
  const { id } = await db.project.create({ data: { slug, name: 'Faults' }, select: { id: true } })
  const specs = typeof clips === 'number' ? SHORT_CLIPS.slice(0, clips).map(clipSpec) : clips
  for (const spec of specs) {
    await registerVideo({ projectId: id, path: clipPath(spec), name: `${spec.name}.mp4` }, { probe: 'now' })
  }
  return id
}

export async function beginRun(projectId: string, changes: Partial<RunRequest> = {}): Promise<string> {
  const request = { projectId, userId: null, settings: FAULT_SETTINGS, videoIds: null, capMicroUsd: null, freshFrom: null, ...changes }
  return db.$transaction(async (tx) => {
    const { runId } = await createRun(tx, request)
    await tx.run.update({ where: { id: runId }, data: { createdAt: BEGAN_AT } })
    return runId
  })
}

export async function untilOver(runId: string, limitMs = 600_000): Promise<string> {
  const endsAt = Date.now() + limitMs
  for (;;) {
    const { state } = await db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } })
    if (state !== 'running') return state
    if (Date.now() > endsAt) {
      const left = await db.task.findMany({ where: { runId, state: { in: ['waiting', 'running'] } }, take: 5 })
      throw new Error(
        `The run did not end within ${limitMs / 1000} s: ${JSON.stringify(left.map(({ stage, state, attempt, tries, errorMessage }) => ({ stage, state, attempt, tries, errorMessage })))}`,
      )
    }
    await sleep(100)
  }
}

/** A run that nothing disturbs, to its end: what every other must come to. @returns its project */
export async function runCalmly(ground: Ground, clips: Clips): Promise<string> {
  const projectId = await makeFaultProject(`calm-${Date.now()}`, clips)
  const runId = await beginRun(projectId)
  const worker = ground.startWorker()
  await untilOver(runId)
  worker.kill('SIGKILL')
  await worker.gone
  return projectId
}

/** sha256 of the exported annotations: what came out, byte for byte. */
export async function exportHash(projectId: string): Promise<string> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'crema-faults-')), 'export')
  const hooks = { signal: new AbortController().signal, onProgress: () => {} }
  const { files } = await runExport({ projectId, format: 'crema', choice: 'all', boxes: null, folder }, hooks)
  const hash = createHash('sha256')
  for (const file of files.filter(({ path: name }) => name.endsWith('.jsonl'))) hash.update(readFileSync(path.join(folder, file.path)))
  return hash.digest('hex')
}

/** What must not exist twice, counted. */
export async function census(projectId: string) {
  const [tasks, results, samples, done, calls] = await Promise.all([
    db.task.count({ where: { projectId, state: 'done' } }),
    db.stageResult.count({ where: { projectId } }),
    db.sample.count({ where: { projectId } }),
    db.auditEvent.count({ where: { scope: projectId, action: 'run.done' } }),
    db.modelCall.count({ where: { projectId } }),
  ])
  return { tasks, results, samples, done, calls }
}
