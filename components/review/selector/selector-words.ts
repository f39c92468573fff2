/** Sentences of the panel: why a frame, where it ran, how far it is. */
import type { DeviceFacts, SelectorAnswer, SelectorPhase, SelectorProgress } from '@/browser/selector/selector-types'
import type { ChosenFrame } from '@/core/selection/frame-choice'
import { METHOD_NAMES } from '@/core/selection/method-names'
import { type ProposalRow, repeats } from '@/core/selection/proposal'
import type { FramesUsed } from '@/core/selection/report-status'
import { SELECTION_METHODS, type SelectionMethod } from '@/core/selection/selection-options'
import { SIGNALS, type SignalName } from '@/core/selection/signals/blend'
import { ratioText } from '../stage-boxes'
import { plural } from '../words'

export const SIGNAL_NAMES: Readonly<Record<SignalName, { readonly name: string; readonly about: string }>> = {
  text: { name: 'Text', about: 'The question against the captions of the frames' },
  objects: { name: 'Objects', about: 'The things the question names, looked for in the pixels' },
  vision: { name: 'Vision', about: 'The question against the pixels, by a registered dual encoder' },
}

export const METHOD_CHOICES = SELECTION_METHODS.map((value) => ({ value, label: METHOD_NAMES[value].name }))

/** Less coverage than this is not worth a word. */
const LEAST_GAIN = 0.005
/** Relevance that varies less than this tells no frame from another. */
const LEAST_SPREAD = 0.005
/** A frame within this many frames of a core frame shows nearly the same. */
const CLOSE = 12

type Context = {
  readonly candidates: readonly { readonly index: number }[]
  /** Relevance of every candidate. */
  readonly curve: readonly number[]
  /** `F2` of a core frame. */
  readonly labelOf: (id: string) => string
}

/** Why this frame, or why not: `Highest relevance .94, near-duplicate of 287; shows all 3 asked objects`. */
export function whyText(row: ProposalRow, { candidates, curve, labelOf }: Context): string {
  const best = Math.max(...curve)
  const isLevel = best - Math.min(...curve) < LEAST_SPREAD
  if (row.kind === 'left') {
    if (row.index === null) return 'Not tied to a frame of the video'
    if (row.candidate === null) return 'Not proposed'
    if (isLevel) return 'Not proposed, though as relevant as all others'
    const { index, relevance, rank } = row.candidate
    const near = index === row.index ? '' : ` at ${index}, the candidate nearest to it`
    return `Not proposed: relevance ${ratioText(relevance)}, ${ordinal(rank)} of ${candidates.length}${near}`
  }
  const { frame } = row
  const same = repeats(frame, candidates)
  const reasons = [
    isLevel
      ? 'As relevant as all others'
      : `${frame.relevance >= best ? 'Highest relevance' : 'Relevance'} ${ratioText(frame.relevance)}${leaderText(frame.signals)}`,
    frame.coverageGain < LEAST_GAIN ? null : `coverage +${ratioText(frame.coverageGain)}`,
    same === null ? null : `near-duplicate of ${same}`,
    row.kind === 'new' && row.beside !== null && row.beside.distance <= CLOSE
      ? `${plural(row.beside.distance, 'frame')} from ${labelOf(row.beside.id)}`
      : null,
  ]
    .filter((part) => part !== null)
    .join(', ')
  const shown = shownText(frame.asked)
  return shown === null ? reasons : `${reasons}; ${shown}`
}

/**
 * Which of the asked things were seen on the frame: `shows dog and frisbee, not the ball`; `perhaps` = in a colour that is not clear. Null
 * where none was looked for.
 */
export function shownText(asked: ChosenFrame['asked']): string | null {
  const named = (isShown: boolean | null) => asked.filter((thing) => thing.isShown === isShown).map(({ phrase }) => phrase)
  const [shown, unclear, missed] = [named(true), named(null), named(false)]
  const [only] = asked
  if (only === undefined) return null
  if (asked.length === 1)
    return only.isShown === false ? `${only.phrase} not seen` : `${only.isShown ? '' : 'perhaps '}shows ${theThing(only.phrase)}`
  if (shown.length === asked.length) return asked.length === 2 ? 'shows both asked objects' : `shows all ${asked.length} asked objects`
  if (missed.length === asked.length) return `none of the ${asked.length} asked objects seen`
  const parts = [
    ['shows', shown],
    [shown.length === 0 ? 'perhaps shows' : 'perhaps', unclear],
    ['not the', missed],
  ] as const
  return parts.flatMap(([word, phrases]) => (phrases.length === 0 ? [] : [`${word} ${listText(phrases)}`])).join(', ')
}

/** `the red car`, but `someone`. */
const theThing = (phrase: string) => (/^(?:some|any|every)(?:one|body)$/i.test(phrase) ? phrase : `the ${phrase}`)

/** `dog`, `dog and frisbee`, `dog, frisbee and ball` */
function listText(phrases: readonly string[]): string {
  return [phrases.slice(0, -1).join(', '), ...phrases.slice(-1)].filter((part) => part !== '').join(' and ')
}

/** One signal speaks for a frame when it leads the others by this much. */
const LEAD = 0.2

/** ` by objects`, where one signal speaks for the frame and the others hardly do. */
function leaderText(signals: ChosenFrame['signals']): string {
  const [first, second] = sharesOf(signals).sort((a, b) => b.share - a.share)
  return first === undefined || second === undefined || first.share - second.share < LEAD ? '' : ` by ${first.name}`
}

/** `text .80, objects .48`: the share of each signal that counted. */
export function signalsText(signals: ChosenFrame['signals']): string {
  return sharesOf(signals)
    .map(({ name, share }) => `${name} ${ratioText(share)}`)
    .join(', ')
}

function sharesOf(signals: ChosenFrame['signals']): { readonly name: string; readonly share: number }[] {
  return SIGNALS.flatMap((name) => {
    const share = signals[name]
    return share === undefined ? [] : [{ name: SIGNAL_NAMES[name].name.toLowerCase(), share }]
  })
}

function ordinal(rank: number): string {
  const tail = rank % 100
  const ending = tail > 10 && tail < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th')
  return `${rank}${ending}`
}

/** `WebGPU` + adapter, or `wasm` + threads. */
export function deviceText(device: DeviceFacts): { readonly kind: string; readonly name: string } {
  if (device.kind === 'webgpu') return { kind: 'WebGPU', name: device.name }
  return { kind: 'wasm', name: plural(device.threads, 'thread') }
}

/** `38 ms`, `4.1 s` */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** `86 MB`, in millions of bytes. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
}

const PHASES: Readonly<Record<SelectorPhase, string>> = {
  models: 'Getting the models',
  frames: 'Reading frames',
  look: 'Looking at frames',
  text: 'Reading captions',
  choose: 'Choosing frames',
}

/** `Looking at frames, 16 of 48`. */
export function progressText(progress: SelectorProgress | null): string {
  if (progress === null) return 'Starting'
  const { phase, done, total } = progress
  const show = phase === 'models' ? bytesText : String
  const count = total === null ? (done === 0 ? '' : `, ${show(done)}`) : `, ${show(done)} of ${show(total)}`
  return `${PHASES[phase]}${phase === 'choose' ? '' : count}`
}

/** Where the candidates came from, what had to be done for them, and why not the graphics card. */
export function footText({ candidates, isCached, timing, device, captionedBy, memoryBytes }: SelectorAnswer): string {
  const { frames, fps, run } = candidates
  const from = fps === null ? (run === null ? '' : ` of run ${run}`) : ` at ${Number(fps.toFixed(2))} fps`
  const work = isCached
    ? 'embeddings cached'
    : [
        timing.modelsMs > 0 ? `models ${durationText(timing.modelsMs)}` : null,
        timing.framesMs > 0 ? `frames ${durationText(timing.framesMs)}` : null,
        timing.lookMs > 0 ? `looking ${durationText(timing.lookMs)}` : null,
      ]
        .filter((part) => part !== null)
        .join(', ')
  return [
    `${plural(frames.length, 'candidate')}${from}${work === '' ? '' : `, ${work}`}`,
    device.reason === null ? null : device.reason.replace(/\.$/, ''),
    captionedBy === null ? null : `captions by ${captionedBy}`,
    memoryBytes > 0 ? `${bytesText(memoryBytes)} held` : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** `3 proposed, 2 already drafted` */
export function summaryText(rows: readonly ProposalRow[], isDrafted: (id: string) => boolean): string {
  const proposed = rows.filter(({ kind }) => kind !== 'left').length
  const same = rows.flatMap((row) => (row.kind === 'same' ? [row.id] : []))
  const word = same.every(isDrafted) ? 'already drafted' : same.length === 1 ? 'a core frame already' : 'core frames already'
  return `${proposed} proposed${same.length === 0 ? '' : `, ${same.length} ${word}`}`
}

/** `2.4 frames, mean over this project`, and what that figure rests on. Null where no report has measured the method. */
export function framesUsedText(used: FramesUsed | null, method: SelectionMethod): { readonly text: string; readonly about: string } | null {
  const mean = used?.methods.find((each) => each.method === method)?.mean
  if (used === null || mean === undefined) return null
  const { name } = METHOD_NAMES[method]
  const rest = `${name} on ${plural(used.samples, 'settled sample')}, by the selector report of ${used.createdAt.slice(0, 10)}`
  return { text: `${mean.toFixed(1)} frames, mean over this project`, about: rest }
}
