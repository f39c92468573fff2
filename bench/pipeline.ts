/**
 * The pipeline's own share of the time, how it grows with workers, and its memory on a long video: real worker processes against
 * a scripted model server that answers after a fixed time.
 */
import { readFileSync } from 'node:fs'
import { openInstallation } from './installation'
import type { Bench, BenchResult, Figure } from './result'

const LATENCY_MS = 400
const WORKERS = [1, 2, 4]
const VIDEOS = 6

/** Highest resident size of a process in MiB, as the kernel keeps it; 0 where there is no /proc. */
function peakRssMib(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

async function run(): Promise<BenchResult> {
  const installation = await openInstallation()
  Object.assign(process.env, installation.environment, { LOG_LEVEL: 'error' })
  // Loaded now, because they read the settings above.
  const ground = await (await import('@/e2e/faults/ground')).openGround({ latencyMs: LATENCY_MS })
  const { beginRun, FAULT_SETTINGS, makeFaultProject, untilOver } = await import('@/e2e/faults/ground')
  const { db } = await import('@/server/db')
  try {
    const figures: Figure[] = []
    const one = await makeFaultProject('one', 1)
    const serial = { ...FAULT_SETTINGS, pairsPerGroup: 1, groupSize: 200 }
    // The first run of a worker loads its models; the second one is measured.
    const worker = ground.startWorker({ CREMA_STAGE_CONCURRENCY: '1' })
    await untilOver(await beginRun(one, { settings: serial }))
    const startedAt = performance.now()
    const runId = await beginRun(one, { settings: serial, freshFrom: 'sample-frames' })
    await untilOver(runId)
    const wallMs = performance.now() - startedAt
    const tasks = await db.task.findMany({ where: { runId }, select: { durationMs: true } })
    const insideMs = tasks.reduce((sum, task) => sum + (task.durationMs ?? 0), 0)
    const share = (wallMs - insideMs) / wallMs
    figures.push({ name: 'overhead outside stages', value: share * 100, unit: '%', target: '<= 5', isMet: share <= 0.05 })
    figures.push({ name: 'one chain of 15 stages', value: wallMs / 1000, unit: 's', target: null, isMet: null })
    figures.push({ name: 'worker, peak memory', value: peakRssMib(worker.pid), unit: 'MiB', target: null, isMet: null })
    worker.kill('SIGKILL')
    await worker.gone
    const rates: number[] = []
    for (const count of WORKERS) {
      const projectId = await makeFaultProject(`scale-${count}`, VIDEOS)
      const workers = Array.from({ length: count }, () => ground.startWorker({ CREMA_STAGE_CONCURRENCY: '1' }))
      // Warm: each worker has loaded what it needs before the clock runs.
      await untilOver(await beginRun(projectId, { settings: serial }))
      const begin = performance.now()
      const run = await beginRun(projectId, { settings: serial, freshFrom: 'sample-frames' })
      await untilOver(run)
      const seconds = (performance.now() - begin) / 1000
      const drafts = await db.task.count({ where: { runId: run, stage: 'lint', state: 'done' } })
      rates.push(drafts / seconds)
      figures.push({ name: `${count} workers`, value: drafts / seconds, unit: 'samples/s', target: null, isMet: null })
      for (const each of workers) each.kill('SIGKILL')
      await Promise.all(workers.map((each) => each.gone))
    }
    for (const [position, count] of WORKERS.entries()) {
      if (position === 0) continue
      const scaling = (rates[position] ?? 0) / ((rates[0] ?? 1) * count)
      figures.push({ name: `scaling to ${count} workers`, value: scaling, unit: 'x ideal', target: '>= 0.9', isMet: scaling >= 0.9 })
    }
    return {
      figures,
      notes: [
        `model server on loopback, every answer after ${LATENCY_MS} ms; ${VIDEOS} short clips, one question each for scaling`,
        'each worker takes one task of a stage at a time; stages of different videos overlap',
      ],
    }
  } finally {
    await ground.server.close()
    await db.$disconnect()
    await installation.stop()
  }
}

export const bench: Bench = { name: 'pipeline', run }
