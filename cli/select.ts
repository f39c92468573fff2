import { AppError } from '@/core/errors'
import type { Selection } from '@/core/selection/select'
import {
  MOST_ADAPTIVE,
  OPTIONS_OF,
  SELECTION_METHODS,
  type SelectionMethod,
  type SelectionOptions,
} from '@/core/selection/selection-options'
import { type CommandIo, defineCommand } from './arguments'
import { nameFile } from './name-file'
import { reasonsOf, reasonsTable } from './select-reasons'

/** An option that the method does not look at is not wrong, but it may be meant for another method. */
function noteUnused(method: SelectionMethod, given: Readonly<Record<string, unknown>>, io: CommandIo): void {
  const used: readonly string[] = OPTIONS_OF[method]
  const idle = Object.keys(given).filter((name) => given[name] !== undefined && !used.includes(name))
  for (const name of idle) io.progress(`--${name} has no effect on ${method}.`)
}

type Chosen = Pick<Selection, 'method' | 'indices' | 'scores' | 'timeSec'> & { readonly reasons?: ReturnType<typeof reasonsOf> }

function tableOf({ method, indices, scores, timeSec, reasons }: Chosen): string {
  if (reasons !== undefined) return `${indices.length} frames by ${method}; ${reasonsTable(reasons)}`
  const lines = indices.map((index, at) => `${index}\t${timeSec[at]?.toFixed(3)}\t${scores[at]?.toFixed(4)}`)
  return [`${indices.length} frames by ${method}`, 'index\tseconds\trelevance', ...lines].join('\n')
}

const missing = (option: string, what: string) =>
  new AppError('invalid_input', `--${option} is missing: ${what}.`, { option: `--${option}` })

type Source = { readonly embeddings?: string | undefined; readonly video?: string | undefined }
type Asking = { readonly question?: string | undefined; readonly signal?: string | undefined; readonly explain: boolean }

/** Exactly one source, and what belongs to it. */
function checkSource({ embeddings, video }: Source, { question, signal, explain }: Asking): void {
  if (embeddings !== undefined && video !== undefined) {
    throw new AppError('invalid_input', '--embeddings and --video exclude each other: give one of them.', { option: '--video' })
  }
  if (embeddings === undefined && video === undefined)
    throw missing('embeddings', 'give --embeddings FILE, or --video FILE --question TEXT')
  if (video !== undefined && question === undefined) throw missing('question', 'what the frames shall answer')
  const idle = question !== undefined ? 'question' : signal !== undefined ? 'signal' : explain ? 'explain' : null
  if (embeddings !== undefined && idle !== null) {
    throw new AppError(
      'invalid_input',
      `--${idle} goes with --video; a file of embeddings holds its question and nothing to explain it by.`,
      { option: `--${idle}` },
    )
  }
}

async function choose(source: Source & Asking, method: SelectionMethod, options: SelectionOptions, io: CommandIo): Promise<Chosen> {
  const { embeddings, video, question = '', signal = 'text,objects', explain } = source
  if (embeddings !== undefined) {
    const { selectFromFile } = await import('./select-embeddings')
    return nameFile(embeddings, () => selectFromFile(io.path(embeddings), method, options))
  }
  // Loaded on demand: reading vectors needs neither decoder nor models.
  const { parseSignals, selectFromVideo } = await import('./select-video')
  const choice = await selectFromVideo({ video: video ?? '', question, weights: parseSignals(signal), method, options }, io)
  const { chosen } = choice
  return {
    method,
    indices: chosen.map(({ index }) => index),
    scores: chosen.map(({ relevance }) => relevance),
    timeSec: chosen.map(({ timeSec }) => timeSec),
    ...(explain ? { reasons: reasonsOf(choice) } : {}),
  }
}

export const command = defineCommand({
  summary: 'choose the frames that answer a question, of a video or from embeddings',
  options: {
    video: { type: 'string', placeholder: 'FILE', summary: 'a video file; indices are those of its frames' },
    question: { type: 'string', placeholder: 'TEXT', summary: 'with --video: what the frames shall answer' },
    signal: {
      type: 'string',
      placeholder: 'LIST',
      summary: 'with --video: text, objects, vision, also with weights (text=2,objects=1); text,objects when not given',
    },
    explain: { type: 'boolean', summary: 'with --video: why each frame, in `lookedAt` and `frames` beside the rest' },
    embeddings: { type: 'string', placeholder: 'FILE', summary: 'JSON {query, frames, captions?, timeSec?} with unit vectors' },
    method: { type: 'string', summary: 'how to choose; with --video adaptive when not given', choices: SELECTION_METHODS },
    k: { type: 'integer', placeholder: 'K', summary: 'how many frames; of adaptive the most, 6 when not given', min: 1 },
    alpha: { type: 'number', summary: 'bolt: how sharply relevance is preferred, 3 when not given', min: 0, max: 100 },
    lambda: { type: 'number', summary: 'mmr, event: relevance against diversity, 0 to 1, 0.6 when not given', min: 0, max: 1 },
    beta: { type: 'number', summary: 'dpp: weight of relevance, 1 when not given', min: 0, max: 100 },
    tau: { type: 'number', summary: 'qframe: temperature (0.8); lifo: repetition from here on (0.9)', min: 1e-3, max: 1000 },
    rho: { type: 'number', summary: 'adaptive: least relevance against the best, 0 to 1, 0.7 when not given', min: 0, max: 1 },
    epsilon: { type: 'number', summary: 'adaptive: coverage a further frame must add, 0.05 when not given', min: 0, max: 1 },
    seed: { type: 'integer', summary: 'qframe, focus: another draw, 0 when not given' },
  },
  needsDatabase: false,
  async run({ video, question, signal, explain, embeddings, method: typed, k, operands: _, ...given }, io) {
    checkSource({ embeddings, video }, { question, signal, explain })
    const method = SELECTION_METHODS.find((each) => each === (typed ?? (video === undefined ? undefined : 'adaptive')))
    if (method === undefined) throw missing('method', 'how to choose')
    if (k === undefined && method !== 'adaptive') throw missing('k', 'how many frames')
    noteUnused(method, given, io)
    const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const chosen = await choose({ video, question, signal, explain, embeddings }, method, { ...options, k: k ?? MOST_ADAPTIVE }, io)
    const { indices, scores, reasons } = chosen
    io.result({ method, indices, scores, ...reasons }, tableOf(chosen))
    return 0
  },
})
