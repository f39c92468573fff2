import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@/core/errors'
import { reasonerSchema } from '@/core/selection/report-cost'
import { type ReportOptions, type SelectorReport, STANDARD_REPORT } from '@/core/selection/report-status'
import { audit } from '@/server/audit'
import { db } from '@/server/db'
import { getSelectorReport } from '@/server/queries/get-selector-report'
import { createReport } from '@/server/selection/start-report'
import { writeTraining } from '@/server/selection/write-training'
import { type CommandIo, defineCommand } from './arguments'
import { requireProject } from './project-option'
import { costsOf, reportText } from './selector-report-text'
import { withWorker } from './with-worker'

const LOOK_MS = 500

/** Resolves when the report is over; a command that is stopped cancels it. */
async function waitForReport(projectId: string, reportId: string, io: CommandIo): Promise<SelectorReport> {
  let said = -1
  for (;;) {
    const report = await getSelectorReport(projectId, reportId)
    if (report.state !== 'waiting' && report.state !== 'running') return report
    if (io.signal.aborted) {
      const data = { state: 'cancelled' as const, finishedAt: new Date() }
      await db.selectorReport.updateMany({ where: { id: reportId, state: { in: ['waiting', 'running'] } }, data })
      continue
    }
    if (report.videosTotal !== null && report.videosDone !== said) {
      said = report.videosDone
      io.progress(`${report.videosDone} of ${report.videosTotal} videos`)
    }
    await sleep(LOOK_MS, undefined, { signal: io.signal }).catch(() => undefined)
  }
}

async function makeReport(projectId: string, options: ReportOptions, io: CommandIo): Promise<SelectorReport> {
  const { reportId } = await db.$transaction(async (tx) => {
    const made = await createReport(tx, { projectId, userId: null, options })
    const facts = { ...options }
    await audit(tx, { scope: projectId, actorId: null, action: 'selector-report.start', subject: made.reportId, facts })
    return made
  })
  return withWorker(io, () => waitForReport(projectId, reportId, io))
}

/** `text=2,objects` → weights of all three, those that are not named 0. */
async function optionsOf(signal: string | undefined, k: number | undefined): Promise<ReportOptions> {
  const { weights, k: standard } = STANDARD_REPORT
  if (signal === undefined) return { weights, k: k ?? standard }
  const { parseSignals } = await import('./select-video')
  return { weights: { text: 0, objects: 0, vision: 0, ...parseSignals(signal) }, k: k ?? standard }
}

async function training(projectId: string, file: string, io: CommandIo): Promise<0> {
  const result = await writeTraining(projectId, io.path(file), io.signal)
  const left = Object.entries(result.leftOut).map(([gap, samples]) => `  left out: ${samples}, ${gap}`)
  io.result(result, [`${result.samples} samples written to ${io.path(file)}, sha256 ${result.sha256}`, ...left].join('\n'))
  return 0
}

export const command = defineCommand({
  summary: 'hold all methods of choosing frames against the core frames of settled samples',
  options: {
    project: { type: 'string', placeholder: 'NAME', summary: 'slug or name of the project', isRequired: true },
    signal: { type: 'string', placeholder: 'LIST', summary: 'text, objects, vision, also with weights; text,objects when not given' },
    k: { type: 'integer', placeholder: 'K', summary: 'frames of the methods with a fixed number, 3 when not given', min: 1, max: 32 },
    training: { type: 'string', placeholder: 'FILE', summary: 'no report: write the training file of a selector (JSON lines) here' },
  },
  needsDatabase: true,
  async run({ project: name, signal, k, training: file }, io) {
    const idle = signal !== undefined ? 'signal' : k !== undefined ? 'k' : null
    if (file !== undefined && idle !== null) {
      throw new AppError('invalid_input', `--${idle} is for a report; --training writes what people settled on.`, { option: `--${idle}` })
    }
    const options = await optionsOf(signal, k)
    const { id } = await requireProject(name)
    if (file !== undefined) return training(id, file, io)
    const { summary, ...report } = await makeReport(id, options, io)
    const reasoner = reasonerSchema.parse({})
    if (report.state === 'done' && summary !== null) {
      io.result({ ...report, summary, reasoner, costs: costsOf(summary, reasoner) }, reportText(summary, reasoner))
      return 0
    }
    const why = report.state === 'failed' ? `The report failed: ${report.errorMessage ?? 'without a reason'}` : 'The report was cancelled.'
    io.result({ ...report, summary }, why)
    return 1
  },
})
