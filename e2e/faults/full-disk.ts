/** A disk without space while a run is on, and space again: nothing half-written, the reason in the row, the end of an undisturbed run. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/server/db'
import { env } from '@/server/env'
import { enqueue } from '@/server/jobs'
import { hashFile } from '@/server/storage'
import { beginRun, census, exportHash, type Ground, makeFaultProject, untilOver, type Worker } from './ground'

export type FullDiskReport = {
  /** Of the task that could not store its result, while the disk was full. */
  readonly waiting: {
    readonly stage: string
    readonly state: string
    readonly errorCode: string | null
    readonly errorMessage: string | null
  }
  readonly exportWhileFull: { readonly state: string; readonly code: unknown }
  readonly exportAfterwards: string
  /** Files of ours that were there while the disk was full and should not: half-written, or not what their name says. */
  readonly halfWritten: readonly string[]
  readonly isSame: boolean
  readonly calm: Awaited<ReturnType<typeof census>>
  readonly storm: Awaited<ReturnType<typeof census>>
}

const LIMIT_MS = 120_000
/** A file that somebody works on has gone by then, also on a busy machine. */
const LEFT_AFTER_MS = 10_000
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((program) => existsSync(program))

/** How the space goes and comes back. */
export type Disk = { readonly fill: (worker: Worker) => void; readonly free: (worker: Worker) => void }

/**
 * The kernel refuses every byte that the worker and its programs write to files, as it does on a full disk (EFBIG instead of
 * ENOSPC, which the storage treats alike), and nobody needs rights for it. The soft limit alone, so that it can be raised again.
 */
const LIMITED: Disk = { fill: (worker) => limitFiles(worker, '0'), free: (worker) => limitFiles(worker, 'unlimited') }

function limitFiles({ pid }: Worker, bytes: string): void {
  if (PRLIMIT === undefined) throw new Error('This needs prlimit of util-linux.')
  const programs = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  for (const id of [String(pid), ...programs]) execFileSync(PRLIMIT, ['--pid', id, `--fsize=${bytes}:`])
}

/** `calmId` = project of `runCalmly` over as many videos. */
export async function fillDisk(ground: Ground, calmId: string, videos: number, disk = LIMITED): Promise<FullDiskReport> {
  // Its stills are there from now on, so that the export below fails where it copies them.
  const calmHash = await exportHash(calmId)
  const stormId = await makeFaultProject(`full-${Date.now()}`, videos)
  const worker = ground.startWorker()
  try {
    disk.fill(worker)
    const runId = await beginRun(stormId)
    const refused = await until(() => db.task.findFirst({ where: { runId, errorCode: 'storage_full' } }))
    const whileFull = await exportInWorker(calmId)
    const halfWritten = await strayFiles(env.dataDir)
    disk.free(worker)
    await untilOver(runId)
    const afterwards = await exportInWorker(calmId)
    const { stage, state, errorCode, errorMessage } = refused
    return {
      waiting: { stage, state, errorCode, errorMessage },
      exportWhileFull: { state: whileFull.state, code: Object(Object(whileFull.report).error).code },
      exportAfterwards: afterwards.state,
      halfWritten,
      isSame: calmHash === (await exportHash(stormId)),
      calm: await census(calmId),
      storm: await census(stormId),
    }
  } finally {
    worker.kill('SIGKILL')
    await worker.gone
  }
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (const endsAt = Date.now() + LIMIT_MS; ; await sleep(50)) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > endsAt) throw new Error('What was waited for did not happen.')
  }
}

async function exportInWorker(projectId: string) {
  const { id } = await db.$transaction(async (tx) => {
    const row = await tx.export.create({ data: { projectId, format: 'crema', options: { state: 'all' } } })
    await enqueue(tx, 'run-export', row.id)
    return row
  })
  return until(() => db.export.findFirst({ where: { id, state: { in: ['done', 'failed'] } } }))
}

/** Blobs that are not what their name says, and everything half-written that stays: work that waits is tried again meanwhile. */
async function strayFiles(dataDir: string): Promise<string[]> {
  const list = (folder: string) => {
    try {
      return readdirSync(path.join(dataDir, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    } catch {
      return []
    }
  }
  const stray: string[] = []
  for (const entry of list('blobs')) {
    const { sha256 } = await hashFile(path.join(entry.parentPath, entry.name))
    if (sha256 !== entry.name) stray.push(path.join('blobs', entry.name))
  }
  const halfWritten = () => list('tmp').map((entry) => path.join('tmp', entry.name))
  const found = new Set(halfWritten())
  for (const endsAt = Date.now() + LEFT_AFTER_MS; found.size > 0 && Date.now() < endsAt; await sleep(50)) {
    const still = new Set(halfWritten())
    for (const name of found) if (!still.has(name)) found.delete(name)
  }
  return [...stray, ...found]
}
