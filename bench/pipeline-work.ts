/**
 * What `bench/pipeline.ts` measures, in a process that has the installation's settings from its start. Prints the result as JSON.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { beginRun, FAULT_SETTINGS, makeFaultProject, openGround, untilOver } from '@/e2e/faults/ground'
import type { ClipSpec } from '@/e2e/fixtures/clip-specs'
import { clipSpec } from '@/e2e/fixtures/clips'
import { db } from '@/server/db'
import { type BenchResult, type Figure, printAndExit } from './result'

/** What a small question to a language model takes, and what one with pictures takes. */
const LATENCY_MS = { text: 1000, pictures: 2000 }
const WORKERS = [1, 2, 4]
const VIDEOS = 16

/** Clips that are the same work, three questions with pictures each, and of which no two share a picture: shared ones are free. */
function alikeClips(count: number): readonly ClipSpec[] {
  const pts = Array.from({ length: 20 }, (_, i) => i)
  const spec: ClipSpec = { ...clipSpec('cfr-25'), timeBase: [1, 5], frameRate: [5, 1], pts }
  return Array.from({ length: count }, (_, i) => ({ ...spec, name: `alike-${i}`, width: spec.width + 2 * i }))
}

/** Highest resident size of a process in MiB, as the kernel keeps it; 0 where there is no /proc. */
function peakRssMib(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Processor time of this machine so far, in ms: spent, and there to be spent. */
function processorTime(): { busy: number; all: number } {
  const times = cpus().map((cpu) => cpu.times)
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0)
  return { busy: all - times.reduce((sum, { idle }) => sum + idle, 0), all }
}

/**
 * Videos captioned a second, from the first that was begun to the last that was done. Captions are counted because each is asked
 * with pictures of its own; questions of the scripted server repeat, and repeated ones are free.
 */
async function captionRate(runId: string): Promise<number> {
  const facts = { where: { runId, stage: 'caption' }, _min: { startedAt: true }, _max: { finishedAt: true }, _count: true } as const
  const { _min, _max, _count } = await db.task.aggregate(facts)
  return (_count * 1000) / ((_max.finishedAt?.getTime() ?? 0) - (_min.startedAt?.getTime() ?? 0))
}

async function measure(): Promise<BenchResult> {
  const ground = await openGround({ latencyMs: LATENCY_MS.text })
  const slowGround = await openGround({ latencyMs: LATENCY_MS.pictures })
  try {
    const figures: Figure[] = []
    const one = await makeFaultProject('one', 1)
    const serial = { ...FAULT_SETTINGS, pairsPerGroup: 1, groupSize: 200 }
    // Without boxes there is nothing to verify here: workers on one machine would only share its processors.
    const waiting = { ...FAULT_SETTINGS, detection: { ...serial.detection, boxThreshold: 1 } }
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
      const workers = Array.from({ length: count }, () => slowGround.startWorker({ CREMA_STAGE_CONCURRENCY: '1' }))
      // They are measured at work, not at their start: each has had a video before, and so is up with its models loaded.
      await untilOver(await beginRun(await makeFaultProject(`warm-${count}`, 2 * count), { settings: waiting }))
      const projectId = await makeFaultProject(`scale-${count}`, alikeClips(VIDEOS))
      const before = processorTime()
      const begunAt = performance.now()
      const run = await beginRun(projectId, { settings: waiting })
      await untilOver(run)
      const seconds = (performance.now() - begunAt) / 1000
      const after = processorTime()
      rates.push(await captionRate(run))
      const busy = (after.busy - before.busy) / (after.all - before.all)
      const samples = await db.sample.count({ where: { projectId } })
      figures.push({ name: `${count} workers`, value: rates.at(-1) ?? 0, unit: 'videos/s', target: null, isMet: null })
      figures.push({ name: `${count} workers, whole run`, value: samples / seconds, unit: 'samples/s', target: null, isMet: null })
      figures.push({ name: `${count} workers, processors busy`, value: busy * 100, unit: '%', target: null, isMet: null })
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
        `model server on loopback, every answer after ${LATENCY_MS.text} ms in the chain and ${LATENCY_MS.pictures} ms in the rates; ${VIDEOS} clips of the same work; videos/s are of captioning, from the first that was begun to the last that was done`,
        'samples/s are of the whole run, whose beginning and end leave most stages of most workers with nothing to do',
        'each worker takes one task of a stage at a time; stages of different videos overlap',
      ],
    }
  } finally {
    await Promise.all([ground.server.close(), slowGround.server.close()])
  }
}

printAndExit(measure())
