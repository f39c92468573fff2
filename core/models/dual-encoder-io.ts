/**
 * What a dual encoder of texts and pictures (CLIP, SigLIP) takes and gives: two ONNX graphs, or one with both halves, which are then cut
 * apart. Pure, so that worker and browser ask it the same.
 */
import { z } from 'zod'
import { AppError } from '../errors'
import type { TensorInput, TensorInputs, TensorOutputs } from './tensors'
import { floatsOf } from './tensors'

/** Kinds of models that put texts and pictures into one space, in the words of Hugging Face. */
const KINDS = ['clip', 'siglip'] as const
export type DualEncoderKind = (typeof KINDS)[number]
/** More tokens than any text encoder of this kind takes. */
const MAX_TOKENS = 4096
const configSchema = z.looseObject({ model_type: z.enum(KINDS) })
const tokenSchema = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
const tokenizerSchema = z.looseObject({
  model_max_length: z.number().positive().nullish(),
  pad_token: tokenSchema.nullish(),
  eos_token: tokenSchema.nullish(),
  padding_side: z.enum(['left', 'right']).default('right'),
})

/** Which half of a dual encoder is meant. */
export type DualHalf = 'pictures' | 'texts'
/** Both halves, the larger one first. */
export const DUAL_HALVES: readonly DualHalf[] = ['pictures', 'texts']
/** How a graph with both halves calls what each of them gives. */
export const HALF_OUTPUT = { pictures: 'image_embeds', texts: 'text_embeds' } as const satisfies Record<DualHalf, string>
/** How Hugging Face calls the file of one half, without the form of the weights (`_fp16`) and the folder. */
const HALF_FILE = { pictures: 'vision_model', texts: 'text_model' } as const satisfies Record<DualHalf, string>

/** The ONNX file of that half among those of a model: a file of its own, else the one that holds both. Undefined = there is none. */
export function fileOfHalf<File extends { readonly file: string }>(files: readonly File[], half: DualHalf): File | undefined {
  const graphs = files.filter(({ file }) => file.endsWith('.onnx'))
  return graphs.find(({ file }) => (file.split('/').at(-1) ?? '').startsWith(HALF_FILE[half])) ?? graphs[0]
}

/** The kind that a config.json names; null when it is no dual encoder. */
export function dualEncoderKind(config: string): DualEncoderKind | null {
  return parsed(configSchema, config)?.model_type ?? null
}

/** `longest` null = no limit known. `isFull` = every text is brought to the longest, as SigLIP was trained. */
export type TextRule = {
  readonly longest: number | null
  readonly padToken: string | null
  readonly paddingSide: 'left' | 'right'
  readonly isFull: boolean
}

/** Reads tokenizer_config.json. @throws AppError bad_file when it says nothing usable */
export function readTextRule(text: string, kind: DualEncoderKind, name: string): TextRule {
  const config = parsed(tokenizerSchema, text)
  const length = config?.model_max_length ?? null
  const longest = length !== null && length <= MAX_TOKENS ? Math.floor(length) : null
  const isFull = kind === 'siglip'
  if (config === null || (isFull && longest === null)) {
    throw new AppError('bad_file', `The tokenizer_config.json of ${name} does not say how long a text is.`, { name })
  }
  return { longest, padToken: config.pad_token ?? config.eos_token ?? null, paddingSide: config.padding_side, isFull }
}

function parsed<Value>(schema: z.ZodType<Value>, text: string): Value | null {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** What a dual encoder is asked about a phrase or a question: it was trained on captions of photos. */
export const photoOf = (phrase: string) => `a photo of ${phrase}`

/**
 * One text as `input_ids` and `attention_mask`, each [1, tokens]: cut to the longest and filled up as the rule says.
 *
 * @param padId number of the rule's `padToken`
 */
export function textFeed(ids: readonly number[], rule: TextRule, padId: number): TensorInputs {
  const cut = ids.slice(0, rule.longest ?? ids.length)
  const missing = rule.isFull && rule.longest !== null ? rule.longest - cut.length : 0
  const filled = (own: readonly number[], filler: number) => {
    const padding = Array.from({ length: missing }, () => filler)
    return rule.paddingSide === 'right' ? [...own, ...padding] : [...padding, ...own]
  }
  const mask = filled(
    cut.map(() => 1),
    0,
  )
  return { input_ids: row(filled(cut, padId)), attention_mask: row(mask) }
}

const row = (values: readonly number[]): TensorInput => ({
  type: 'int64',
  data: BigInt64Array.from(values, BigInt),
  dims: [1, values.length],
})

/** `pixel_values` of one black picture, which goes with a text because the graph wants both. */
export function blankPicture({ width, height }: { readonly width: number; readonly height: number }): TensorInputs {
  return { pixel_values: { type: 'float32', data: new Float32Array(width * height * 3), dims: [1, 3, height, width] } }
}

/** Which of a graph's outputs are the vectors of a half; null = none. SigLIP has no further layer: there `pooler_output` are the vectors. */
export function vectorOutput(outputs: readonly string[], half: DualHalf, kind: DualEncoderKind): string | null {
  const names = [HALF_OUTPUT[half], ...(kind === 'siglip' ? ['pooler_output'] : [])]
  return names.find((name) => outputs.includes(name)) ?? null
}

/**
 * The vectors that a half gave, each brought to unit length; `count` ≥ 1.
 *
 * @throws AppError model_bad_answer when the output is missing, not one row for each, or not of numbers with a direction
 */
export function unitRows(outputs: TensorOutputs, half: DualHalf, count: number, kind: DualEncoderKind = 'clip'): Float32Array[] {
  const name = vectorOutput(Object.keys(outputs), half, kind)
  const all = floatsOf(outputs, name ?? HALF_OUTPUT[half])
  const dimensions = all.length / count
  if (!Number.isInteger(dimensions) || dimensions === 0) {
    throw new AppError('model_bad_answer', 'A dual encoder did not give one vector for each picture or text.', { count })
  }
  return Array.from({ length: count }, (_, place) => {
    const vector = all.slice(place * dimensions, (place + 1) * dimensions)
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    if (!(length > 0) || !Number.isFinite(length)) {
      throw new AppError('model_bad_answer', 'A dual encoder gave a vector without a direction.', { place })
    }
    return vector.map((value) => value / length)
  })
}
