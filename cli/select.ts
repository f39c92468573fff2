import { readFile, stat } from 'node:fs/promises'
import { AppError } from '@/core/errors'
import { isJsonObject } from '@/core/formats/json'
import { type Selection, select } from '@/core/selection/select'
import type { UncheckedInput } from '@/core/selection/selection-input'
import { MOST_ADAPTIVE, OPTIONS_OF, SELECTION_METHODS, type SelectionMethod } from '@/core/selection/selection-options'
import { type CommandIo, defineCommand } from './arguments'
import { nameFile } from './name-file'

/** About 60,000 frames of 512 numbers; JavaScript cannot hold a much longer text. */
const MOST_BYTES = 400 * 2 ** 20

async function readText(file: string): Promise<string> {
  const missing = (cause: unknown) => {
    throw new AppError('missing_file', 'The file is not there or cannot be read.', {}, { cause })
  }
  const { size } = await stat(file).catch(missing)
  if (size > MOST_BYTES) throw new AppError('limit_exceeded', `The file has ${size} bytes; at most ${MOST_BYTES} are read.`, { size })
  return readFile(file, 'utf8').catch(missing)
}

/** Python writes NaN and Infinity, which JSON does not know. Read as a number out of range, so that the refusal can name the row. */
const readable = (text: string): string => text.replace(/-?\b(?:NaN|Infinity)\b/g, '1e999')

function parseJson(text: string): UncheckedInput {
  try {
    const value: unknown = JSON.parse(readable(text))
    if (isJsonObject(value)) return value
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new AppError('bad_file', `This is not JSON: ${why}`, {}, { cause })
  }
  throw new AppError('bad_file', 'Give one object {"query": […], "frames": [[…], …]}.')
}

/** An option that the method does not look at is not wrong, but it may be meant for another method. */
function noteUnused(method: SelectionMethod, given: Readonly<Record<string, unknown>>, io: CommandIo): void {
  const used: readonly string[] = OPTIONS_OF[method]
  const idle = Object.keys(given).filter((name) => given[name] !== undefined && !used.includes(name))
  for (const name of idle) io.progress(`--${name} has no effect on ${method}.`)
}

function tableOf({ method, indices, scores, timeSec }: Selection): string {
  const lines = indices.map((index, at) => `${index}\t${timeSec[at]?.toFixed(3)}\t${scores[at]?.toFixed(4)}`)
  return [`${indices.length} frames by ${method}`, 'index\tseconds\trelevance', ...lines].join('\n')
}

const onEmbeddings = defineCommand({
  summary: 'choose the frames that answer a question, from embeddings',
  options: {
    embeddings: {
      type: 'string',
      placeholder: 'FILE',
      summary: 'JSON {query, frames, captions?, timeSec?} with unit vectors',
      isRequired: true,
    },
    method: { type: 'string', summary: 'how to choose', choices: SELECTION_METHODS, isRequired: true },
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
  async run({ embeddings, method: typed, k, operands: _, ...given }, io) {
    const method = SELECTION_METHODS.find((each) => each === typed)
    if (method === undefined) throw new AppError('internal', 'The methods of the command and of the core differ.')
    if (k === undefined && method !== 'adaptive') {
      throw new AppError('invalid_input', '--k is missing: how many frames.', { option: '--k' })
    }
    noteUnused(method, given, io)
    const selection = await nameFile(embeddings, async () => {
      const input = parseJson(await readText(io.path(embeddings)))
      const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      return select(method, input, { ...options, k: k ?? MOST_ADAPTIVE })
    })
    const { indices, scores } = selection
    io.result({ method, indices, scores }, tableOf(selection))
    return 0
  },
})

function refuseVideo(words: readonly string[]): void {
  const option = ['--video', '--question', '--signal'].find((name) => words.some((word) => word === name || word.startsWith(`${name}=`)))
  if (option === undefined) return
  throw new AppError('invalid_input', `${option}: a video cannot be searched from here yet. Give its embeddings with --embeddings FILE.`, {
    option,
  })
}

export const command = {
  ...onEmbeddings,
  check(words: readonly string[]) {
    refuseVideo(words)
    onEmbeddings.check(words)
  },
}
