/** Numbers and states of runs in words. Pure, and the same on the server and in the browser. */
import { formatEffort } from '@/components/project/numbers'
import type { RunState } from '@/core/pipeline/run-status'
import type { Cell, CellState, RunTrouble } from '@/core/pipeline/run-videos'
import type { ModelRole, StageName } from '@/core/pipeline/stages'

const MICRO = 1_000_000
const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** `$14.20`; what is more than nothing and less than a cent says so. */
export function moneyText(microUsd: number): string {
  if (microUsd > 0 && microUsd < MICRO / 200) return '< $0.01'
  return DOLLARS.format(microUsd / MICRO)
}

/** Money of a single call: four places, `$0.0012`. */
export function smallMoneyText(microUsd: number): string {
  return microUsd >= MICRO ? moneyText(microUsd) : `$${(microUsd / MICRO).toFixed(4)}`
}

/** `41 /s`, `6.2 /s`, `12 /min`, `3 /h`; a dash where nothing was done lately. */
export function rateText(perSec: number | null): string {
  if (perSec === null || perSec <= 0) return '–'
  const digits = (n: number) => (n >= 10 ? String(Math.round(n)) : n.toFixed(1))
  if (perSec >= 1) return `${digits(perSec)} /s`
  if (perSec * 60 >= 1) return `${digits(perSec * 60)} /min`
  return `${digits(perSec * 3600)} /h`
}

/** Time until the end of a stage: `12 min`, `done`, a dash where nobody can say. */
export function leftText(leftSec: number | null, isDone: boolean): string {
  if (isDone) return 'done'
  return leftSec === null ? '–' : durationText(leftSec)
}

/** A length of unattended work: like everywhere else, but a machine has no working day. */
export function durationText(seconds: number): string {
  if (seconds < 12 * 3600) return formatEffort(seconds)
  const hours = Math.round(seconds / 3600)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`
}

const PRESETS: Readonly<Record<string, string>> = {
  videoespresso: 'VideoEspresso',
  'local-server': 'Local server',
  embedded: 'Embedded',
  custom: 'Own settings',
}

export function presetName(preset: string): string {
  return PRESETS[preset] ?? preset
}

type Tone = 'accent' | 'warn' | 'ok' | 'bad' | 'quiet'

/** A finished run with failures does not look as if all were well. */
export function stateWords(run: { state: RunState; failed: number }): { text: string; tone: Tone } {
  if (run.state === 'running') return { text: 'Running', tone: 'accent' }
  if (run.state === 'paused') return { text: 'Paused', tone: 'warn' }
  if (run.state === 'cancelled') return { text: 'Cancelled', tone: 'quiet' }
  return run.failed > 0 ? { text: `Done, ${run.failed} failed`, tone: 'bad' } : { text: 'Done', tone: 'ok' }
}

const CELL_WORDS: Readonly<Record<CellState, string>> = {
  waiting: 'waits',
  running: 'running',
  retrying: 'will be tried again',
  done: 'done',
  memory: 'done, from memory',
  failed: 'failed',
  cancelled: 'cancelled',
  none: 'nothing to do, no question was kept',
}

/** `ground: failed, 8 of 9 done`. */
export function cellText(stage: StageName, cell: Cell): string {
  const share = cell.total > 1 ? `, ${cell.done} of ${cell.total} done` : ''
  return `${stage}: ${CELL_WORDS[cell.state]}${share}`
}

/** What happened, and what will. `tries` of `allowed` counts from one. */
export function troubleText(trouble: RunTrouble, allowed: number, nowMs: number): string {
  const message = trouble.message.replace(/\.$/, '')
  if (trouble.nextTryAt === null) return trouble.tries > 1 ? `${message} (after ${trouble.tries} tries)` : message
  const waitSec = Math.max(0, Math.round((Date.parse(trouble.nextTryAt) - nowMs) / 1000))
  return `${message}, again ${waitSec === 0 ? 'now' : `in ${waitSec} s`} (${trouble.tries + 1} of ${allowed})`
}

/** `+12`, `−3`, `±0`: a change beside the number it led to. */
export function changeText(now: number, before: number, format: (n: number) => string): string {
  if (now === before) return 'same'
  return `${now > before ? '+' : '−'}${format(Math.abs(now - before))}`
}

/** A threshold as the screens write it: `.90`, `1.0`. */
export function ratioWord(ratio: number): string {
  return ratio >= 0.995 ? '1.0' : ratio.toFixed(2).replace(/^0/, '')
}

export const ROLE_NAMES: Readonly<Record<ModelRole, { name: string; does: string }>> = {
  captioner: { name: 'Captioner', does: 'Describes each sampled frame' },
  embedder: { name: 'Embedder', does: 'Compares captions: near-duplicates, finding a frame again' },
  'qa-writer': { name: 'Question writer', does: 'Writes questions that need several frames' },
  judge: { name: 'Judge', does: 'Keeps or refuses a question' },
  'cot-writer': { name: 'Evidence writer', does: 'Core frames, key objects, evidence, task and options' },
  detector: { name: 'Detector', does: 'Finds a box for each key object' },
  verifier: { name: 'Verifier', does: 'Checks that a box shows its phrase' },
}
