/** The figures of a selector report, made of its sums: what the page, the command line and the documents show. */
import { z } from 'zod'
import { TASKS } from '../tasks'
import { frameCounts } from './metrics'
import { LEFT_OUT, type VideoRows } from './report-row'
import { addMethodTallies, type Delta, type MatchTally, type MethodTallies, type Tally, talliesOf } from './report-tally'
import { SELECTION_METHODS } from './selection-options'

const share = z.number().min(0).max(1)
const figure = z.number().min(0)

/** Shares 0–1 over all frames of all samples; `interval` = 95 % of F1, null where there are too few videos to say. */
const matchSchema = z.strictObject({ precision: share, recall: share, f1: share, interval: z.tuple([share, share]).nullable() })

/** Means are over samples. `reduction` = 1 − |S| / N; `flops` = of the selector; `ms` = of an answer with nothing known beforehand. */
const methodSummarySchema = z.strictObject({
  method: z.enum(SELECTION_METHODS),
  samples: z.int().min(1),
  frames: z.strictObject({
    mean: figure,
    median: figure,
    histogram: z.array(z.strictObject({ frames: z.int(), samples: z.int() })).readonly(),
  }),
  candidates: figure,
  lookedAt: figure,
  reduction: share,
  within1: matchSchema,
  within2: matchSchema,
  proximity: share,
  ms: figure,
  flops: figure,
})
export type MethodSummary = z.infer<typeof methodSummarySchema>

/** `reviewed` = core frames that people settled on, of which a selector had proposed `adopted`. `tasks` in the order of the paper. */
export const reportSummarySchema = z.strictObject({
  videos: z.int().min(0),
  samples: z.int().min(0),
  reviewed: z.int().min(0),
  adopted: z.int().min(0),
  captionedHere: z.int().min(0),
  methods: z.array(methodSummarySchema),
  tasks: z.array(z.strictObject({ task: z.string().nullable(), samples: z.int().min(1), methods: z.array(methodSummarySchema) })),
  leftOut: z.array(z.strictObject({ reason: z.enum(LEFT_OUT), samples: z.int().min(1), example: z.string() })),
})
export type ReportSummary = z.infer<typeof reportSummarySchema>

/** With fewer videos the spread between them is not known well enough to be drawn. */
export const LEAST_VIDEOS = 20
/** Half width of a 95 % interval in standard errors. */
const Z = 1.96

/**
 * 95 % interval of F1 = Σa / Σb over videos, by linearisation: variance n / (n − 1) · Σ(a − F1 · b)² / (Σb)², cut to 0–1. The sample
 * is the videos, because questions on one video share its frames (ratio estimator of cluster sampling; Cochran 1977, §6 and §9A).
 *
 * @returns null with fewer than 20 videos
 */
function intervalOf(f1: number, { aa, ab, bb }: MatchTally, whole: number, videos: number): [number, number] | null {
  if (videos < LEAST_VIDEOS || whole === 0) return null
  const squares = Math.max(0, aa - 2 * f1 * ab + f1 ** 2 * bb)
  const error = Math.sqrt((videos / (videos - 1)) * squares) / whole
  return [Math.max(0, f1 - Z * error), Math.min(1, f1 + Z * error)]
}

function matchOf(tally: Tally, delta: Delta): MethodSummary['within1'] {
  const part = tally.at[delta]
  const of = (whole: number) => (whole === 0 ? 0 : part.matched / whole)
  const whole = tally.frames + tally.reviewed
  const f1 = of(whole / 2)
  return { precision: of(tally.frames), recall: of(tally.reviewed), f1, interval: intervalOf(f1, part, whole, tally.videos) }
}

function summariesOf(tallies: MethodTallies): MethodSummary[] {
  return SELECTION_METHODS.flatMap((method) => {
    const tally = tallies.get(method)
    if (tally === undefined || tally.samples === 0) return []
    const mean = (sum: number) => sum / tally.samples
    const sizes = [...tally.sizes].flatMap(([frames, samples]) => new Array<number>(samples).fill(frames))
    return [
      {
        method,
        samples: tally.samples,
        frames: frameCounts(sizes),
        candidates: mean(tally.candidates),
        lookedAt: mean(tally.lookedAt),
        reduction: mean(tally.reduction),
        within1: matchOf(tally, 1),
        within2: matchOf(tally, 2),
        proximity: Math.min(1, mean(tally.proximity)),
        ms: mean(tally.ms),
        flops: mean(tally.flops),
      },
    ]
  })
}

/** Tasks of the paper in its order, then a source's own words, then samples without a task. */
function compareTasks(a: string | null, b: string | null): number {
  const place = (task: string | null) => {
    const known = TASKS.findIndex(({ id }) => id === task)
    return known === -1 ? TASKS.length + Number(task === null) : known
  }
  return place(a) - place(b) || ((a ?? '') < (b ?? '') ? -1 : 1)
}

/** Takes the rows of one video after another, in any order, and holds sums only. */
export class ReportBuilder {
  private all: MethodTallies = new Map()
  private readonly tasks = new Map<string | null, { samples: number; methods: MethodTallies }>()
  private readonly leftOut = new Map<(typeof LEFT_OUT)[number], { samples: number; example: string }>()
  private videos = 0
  private samples = 0
  private reviewed = 0
  private adopted = 0
  private captionedHere = 0

  /** @throws AppError `invalid_input` when more frames were chosen than there are candidates */
  add(rows: VideoRows): void {
    const { all, tasks } = talliesOf(rows)
    this.all = addMethodTallies(this.all, all)
    for (const [task, methods] of tasks) {
      const before = this.tasks.get(task) ?? { samples: 0, methods: new Map() }
      const samples = before.samples + rows.samples.filter((sample) => sample.task === task).length
      this.tasks.set(task, { samples, methods: addMethodTallies(before.methods, methods) })
    }
    if (rows.samples.length > 0) {
      this.videos += 1
      this.captionedHere += Number(rows.captions === 'here')
    }
    this.samples += rows.samples.length
    this.reviewed += rows.samples.reduce((sum, { reviewed }) => sum + reviewed.length, 0)
    this.adopted += rows.samples.reduce((sum, { adopted }) => sum + adopted, 0)
    for (const { sampleId, reason } of rows.leftOut) this.leaveOut(reason, 1, sampleId)
  }

  /** Counts samples that belong to no video that was looked at. `example` = id of one of them. */
  leaveOut(reason: (typeof LEFT_OUT)[number], samples: number, example: string): void {
    const before = this.leftOut.get(reason)
    const first = before === undefined || example < before.example ? example : before.example
    this.leftOut.set(reason, { samples: (before?.samples ?? 0) + samples, example: first })
  }

  /** Everything counted so far. The order in which videos came changes nothing but the last digits of sums. */
  summary(): ReportSummary {
    return {
      videos: this.videos,
      samples: this.samples,
      reviewed: this.reviewed,
      adopted: this.adopted,
      captionedHere: this.captionedHere,
      methods: summariesOf(this.all),
      tasks: [...this.tasks]
        .sort(([a], [b]) => compareTasks(a, b))
        .map(([task, { samples, methods }]) => ({ task, samples, methods: summariesOf(methods) })),
      leftOut: LEFT_OUT.flatMap((reason) => {
        const found = this.leftOut.get(reason)
        return found === undefined ? [] : [{ reason, ...found }]
      }),
    }
  }
}
