/**
 * The selector's models in Chromium: on WebGPU, on the processor, and by Transformers.js with the same weights, in one run. The packed
 * folder also runs by itself where there is neither Node nor network: `CREMA_WEBGPU_FOLDER=DIR npm run bench -- webgpu` keeps it,
 * and `CREMA_WEBGPU_RESULT=result.json` makes figures of what it left on another machine.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { ensureBrowser } from '../scripts/find-browser.mjs'
import { measureProgram } from '../scripts/measure-command.mjs'
import type { Bench, BenchResult, Figure } from './result'
import { type Measured, type Outcome, outcomeSchema } from './webgpu/outcome'
import { packWebgpu } from './webgpu/pack'

const CARDS = ['/dev/nvidia0', '/dev/dri/renderD128']
/** Seconds for the runs of one thing. A software adapter would need hours for twenty. */
const BUDGET_SEC = { hardware: 60, software: 20 } as const

async function run(): Promise<BenchResult> {
  const { CREMA_WEBGPU_RESULT: result } = process.env
  if (result !== undefined) return described(await readOutcome(result), 'From a result that the packed folder left.')
  const outcome = await runHere()
  return described(
    outcome,
    `Load of the machine over the last five minutes: ${(os.loadavg()[1] ?? 0).toFixed(1)}, on ${os.availableParallelism()} cores.`,
  )
}

const described = (outcome: Outcome, last: string) => ({ figures: outcome.measured.map(figureOf), notes: [...notesOf(outcome), last] })

async function readOutcome(file: string): Promise<Outcome> {
  return outcomeSchema.parse(JSON.parse(await readFile(file, 'utf8')))
}

async function runHere(): Promise<Outcome> {
  const { CREMA_WEBGPU_FOLDER: kept, CREMA_WEBGPU_ADAPTER: wished } = process.env
  const folder = kept === undefined ? await mkdtemp(path.join(os.tmpdir(), 'crema-webgpu-')) : path.resolve(kept)
  try {
    await packWebgpu(folder)
    const adapter = wished === 'hardware' || wished === 'software' ? wished : CARDS.some(existsSync) ? 'hardware' : 'software'
    const out = path.join(folder, 'result.json')
    const flags = ['--adapter', adapter, '--budget', String(BUDGET_SEC[adapter]), '--out', out, '--browser', ensureBrowser()]
    const { code } = await measureProgram(path.join(folder, 'run.sh'), flags, process.env)
    if (code !== 0) throw new Error(`The packed benchmark ended with ${code}.`)
    return await readOutcome(out)
  } finally {
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
}

const DEVICES = { webgpu: 'WebGPU', wasm: 'wasm' } as const

function figureOf({ what, by, device, batch, medianMs, p10Ms, p90Ms, runs, isWarm }: Measured): Figure {
  const way = by === 'crema' ? DEVICES[device] : `Transformers.js, ${DEVICES[device]}`
  const several = `p10–p90 ${p10Ms.toFixed(1)}–${p90Ms.toFixed(1)}, ${runs} runs`
  const spread = runs > 1 ? several : isWarm ? '1 run' : '1 run, cold'
  return { name: `${what} (${batch}), ${way}: ${spread}`, value: medianMs, unit: 'ms', target: null, isMet: null }
}

/** What of a long list makes a difference to models. */
const FEATURES = ['shader-f16', 'subgroups', 'timestamp-query']
const featuresOf = (all: readonly string[]) => FEATURES.map((name) => (all.includes(name) ? name : `no ${name}`)).join(', ')

const mib = (bytes: number) => `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MiB`

function notesOf({ adapter, reason, browser, threads, models, agreement, memory, seconds }: Outcome): string[] {
  const card =
    adapter === null
      ? `No WebGPU: ${reason}`
      : `Adapter: ${adapter.name}${adapter.isFallback ? ', a software adapter: the processor plays a card. No graphics card was there, so these figures say nothing of one' : ''}; ${featuresOf(adapter.features)}.`
  return [
    card,
    `${/HeadlessChrome\/[\d.]+|Chrome\/[\d.]+/.exec(browser)?.[0] ?? browser}, ${threads} wasm threads, ${seconds.toFixed(0)} s in all.`,
    `Opened in: ${models.map(({ name, by, device, openMs }) => `${name} ${(openMs / 1000).toFixed(1)} s (${by}, ${device})`).join('; ')}.`,
    `Same pictures, lowest cosine: ${agreement.map(({ what, cosine }) => `${what} ${cosine.toFixed(6)}`).join('; ')}.`,
    `Memory of all processes of the browser, at most: ${mib(memory.peakBytes)}${memory.peakGpuBytes === null ? '' : `; of the card: ${mib(memory.peakGpuBytes)}`}.`,
  ]
}

export const bench: Bench = { name: 'webgpu', run }
