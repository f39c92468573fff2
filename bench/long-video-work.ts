/** What `bench/long-video.ts` measures, in a process that has the installation's settings from its start. Prints the result as JSON. */
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PRESETS } from '@/core/pipeline/settings'
import { beginRun, openGround, untilOver, type Worker } from '@/e2e/faults/ground'
import type { ClipSpec } from '@/e2e/fixtures/clip-specs'
import { clipPath } from '@/e2e/fixtures/clips'
import { loopClip } from '@/e2e/fixtures/loop-clip'
import { db } from '@/server/db'
import { env } from '@/server/env'
import { registerVideo } from '@/server/media/register-video'
import { type BenchResult, type Figure, printAndExit } from './result'

const MINUTES = [1, 60] as const
const FPS = 25
/** Captioning grows with this, not with the length: here it is the same for both. */
const MAX_FRAMES = 16
const LIMIT_MS = 3_000_000
const SAMPLE_MS = 100

/** A worker may hold this much more for an hour than for a minute; the frame table alone has 2 MiB an hour. */
const MAX_GROWTH_MIB = 128

const MINUTE: ClipSpec = {
  ...{ name: 'long-1-min', scene: 'counter', muxer: 'mp4', codec: 'h264', width: 320, height: 180 },
  ...{ timeBase: [1, FPS], frameRate: [FPS, 1], pts: Array.from({ length: 60 * FPS }, (_, i) => i) },
  ...{ bFrames: 2, gop: 250, options: { preset: 'ultrafast', crf: '32' } },
}

/** Encoding an hour would take longer than everything measured here. */
function makeClip(minutes: number): string {
  const out = path.join(env.dataDir, `long-${minutes}.mp4`)
  loopClip(clipPath(MINUTE), out, minutes, 60)
  return out
}

type Peaks = { worker: number; media: number }

/** Highest resident size of a process so far in MiB, as the kernel keeps it; 0 where it has gone. */
function peakRssMib(pid: string): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function programsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  } catch {
    return []
  }
}

function watchMemory({ pid }: Worker): { peaks: Peaks; stop: () => void } {
  const peaks: Peaks = { worker: 0, media: 0 }
  const timer = setInterval(() => {
    peaks.worker = Math.max(peaks.worker, peakRssMib(String(pid)))
    peaks.media = Math.max(peaks.media, ...programsOf(pid).map(peakRssMib))
  }, SAMPLE_MS)
  return { peaks, stop: () => clearInterval(timer) }
}

async function untilRead(videoId: string): Promise<void> {
  for (const endsAt = Date.now() + LIMIT_MS; Date.now() < endsAt; await sleep(100)) {
    const { state, errorMessage } = await db.video.findUniqueOrThrow({ where: { id: videoId } })
    if (state === 'failed') throw new Error(errorMessage ?? 'The video was refused.')
    if (state === 'done') return
  }
  throw new Error('The video was not read in time.')
}

/** A fresh worker probes the video and drafts it with the embedded models. */
async function measureLength(minutes: number, startWorker: () => Worker) {
  const clip = makeClip(minutes)
  const { id: projectId } = await db.project.create({ data: { slug: `long-${minutes}`, name: 'Long' }, select: { id: true } })
  const worker = startWorker()
  const memory = watchMemory(worker)
  try {
    const startedAt = performance.now()
    const video = await registerVideo({ projectId, path: clip, name: 'long.mp4' }, { probe: 'job' })
    await untilRead(video.id)
    const probeSec = (performance.now() - startedAt) / 1000
    const { embedded } = PRESETS
    const settings = { ...embedded, preset: 'custom', sampling: { ...embedded.sampling, maxFrames: MAX_FRAMES } } as const
    const runId = await beginRun(projectId, { settings })
    await untilOver(runId, LIMIT_MS)
    const stages = await db.task.findMany({ where: { runId, stage: { in: ['sample-frames', 'caption'] } } })
    if (stages.length < 2 || stages.some((task) => task.state !== 'done')) throw new Error('A stage did not end well.')
    const secondsOf = (stage: string) => (stages.find((task) => task.stage === stage)?.durationMs ?? 0) / 1000
    return {
      ...memory.peaks,
      probeSec,
      sampleSec: secondsOf('sample-frames'),
      captionSec: secondsOf('caption'),
      bytes: statSync(clip).size,
    }
  } finally {
    memory.stop()
    worker.kill('SIGKILL')
    await worker.gone
  }
}

async function measure(): Promise<BenchResult> {
  const ground = await openGround()
  try {
    const [short, long] = [await measureLength(MINUTES[0], ground.startWorker), await measureLength(MINUTES[1], ground.startWorker)]
    const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, target: null, isMet: null })
    const grown = (name: string, value: number): Figure => ({
      ...{ name, value, unit: 'MiB', target: `<= ${MAX_GROWTH_MIB}` },
      isMet: value <= MAX_GROWTH_MIB,
    })
    return {
      figures: [
        told('worker, peak memory, 1 minute', short.worker, 'MiB'),
        told('worker, peak memory, 1 hour', long.worker, 'MiB'),
        grown('worker, growth', long.worker - short.worker),
        told('media program, peak memory, 1 minute', short.media, 'MiB'),
        told('media program, peak memory, 1 hour', long.media, 'MiB'),
        grown('media program, growth', long.media - short.media),
        told('probing the hour', long.probeSec, 's'),
        told('choosing its frames', long.sampleSec, 's'),
        told(`captioning ${MAX_FRAMES} frames of it`, long.captionSec, 's'),
      ],
      notes: [
        `${MINUTES[1] * 60 * FPS} frames of 320x180 H.264, ${(long.bytes / 2 ** 20).toFixed(0)} MiB; a fresh worker each; embedded models, at most ${MAX_FRAMES} frames captioned`,
      ],
    }
  } finally {
    await ground.server.close()
  }
}

printAndExit(measure())
