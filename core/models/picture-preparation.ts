/**
 * How a dual encoder of texts and pictures (CLIP, SigLIP) wants its pictures, as its preprocessor_config.json says. Pure, so that
 * worker and browser give a model the same numbers.
 */
import { z } from 'zod'
import { AppError } from '../errors'

/** Most pixels of a side that a model may ask for. */
const LONGEST_SIDE = 1024
/** Numbers of Pillow. Box and Hamming are done as bilinear, as Transformers.js does on the server; the others are not done at all. */
const FILTERS: Readonly<Record<number, 'bilinear' | 'bicubic'>> = { 2: 'bilinear', 3: 'bicubic', 4: 'bilinear', 5: 'bilinear' }
const DEFAULT_FILTER = 2

type Size = { readonly width: number; readonly height: number }
/** One number for each of red, green and blue. */
export type Three = readonly [number, number, number]

/**
 * `resize` before all else: to these sides, or until the shorter one has `shortest` pixels. `crop` = the middle, with black around
 * where that is too small. Then a byte v of colour c becomes v × scale[c] + offset[c].
 */
export type PicturePreparation = {
  readonly resize: Size | { readonly shortest: number } | null
  readonly filter: 'bilinear' | 'bicubic'
  readonly crop: Size | null
  readonly scale: Three
  readonly offset: Three
}

const side = z.int().min(1).max(LONGEST_SIDE)
const rectangle = z.object({ width: side, height: side })
const square = side.transform((edge) => ({ width: edge, height: edge }))
const colours = z.tuple([z.number(), z.number(), z.number()])
const configSchema = z.object({
  do_resize: z.boolean().optional(),
  size: z
    .union([rectangle, z.object({ shortest_edge: side }).transform(({ shortest_edge }) => ({ shortest: shortest_edge })), square])
    .optional(),
  resample: z.int().default(DEFAULT_FILTER),
  do_center_crop: z.boolean().default(false),
  crop_size: z.union([rectangle, square]).optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z.number().default(1 / 255),
  do_normalize: z.boolean().default(false),
  image_mean: colours.default([0, 0, 0]),
  image_std: colours.default([1, 1, 1]),
  // Steps that a dual encoder of this kind does not have; one that asks for them would be fed wrong numbers.
  do_pad: z.literal(false).nullish(),
  do_thumbnail: z.literal(false).nullish(),
  do_crop_margin: z.literal(false).nullish(),
  do_flip_channel_order: z.literal(false).nullish(),
})

/**
 * Reads preprocessor_config.json.
 *
 * @param name of the model, for the message
 * @throws AppError bad_file when it cannot be read, asks for what is not done here, or leaves the size of the outcome to the picture
 */
export function readPicturePreparation(text: string, name: string): PicturePreparation {
  const config = parseConfig(text, name)
  const resize = (config.do_resize ?? config.size !== undefined) ? (config.size ?? null) : null
  const crop = config.do_center_crop ? (config.crop_size ?? null) : null
  const filter = FILTERS[config.resample]
  const hasOneSize = crop !== null || (resize !== null && 'width' in resize)
  const isWhole = !(config.do_center_crop && crop === null) && !(config.do_resize === true && resize === null)
  if (filter === undefined || !hasOneSize || !isWhole) refuse(name)
  const factor = config.do_rescale ? config.rescale_factor : 1
  const [mean, deviation] = config.do_normalize ? [config.image_mean, config.image_std] : [ZEROS, ONES]
  const scale = three((colour) => factor / deviation[colour])
  const offset = three((colour) => -mean[colour] / deviation[colour])
  if (![...scale, ...offset].every(Number.isFinite)) refuse(name)
  return { resize, filter, crop, scale, offset }
}

const ZEROS: Three = [0, 0, 0]
const ONES: Three = [1, 1, 1]
const three = (of: (colour: 0 | 1 | 2) => number): Three => [of(0), of(1), of(2)]

function parseConfig(text: string, name: string): z.infer<typeof configSchema> {
  try {
    return configSchema.parse(JSON.parse(text))
  } catch (cause) {
    return refuse(name, cause)
  }
}

function refuse(name: string, cause?: unknown): never {
  throw new AppError(
    'bad_file',
    `The preprocessor_config.json of ${name} asks for something that is not done here. Register a model of the kind CLIP or SigLIP.`,
    { name },
    { cause },
  )
}

/** `source` is brought to `resized`, of which `width` × `height` pixels from `left`, `top` on are taken; these may lie outside of it. */
export type PreparationPlan = Size & {
  readonly source: Size
  readonly resized: Size
  readonly left: number
  readonly top: number
}

/**
 * What is to be done with a picture of this size, in the way (and with the rounding) of Transformers.js.
 *
 * @throws AppError invalid_input for a picture without pixels
 */
export function preparationPlan({ resize, crop }: PicturePreparation, source: Size): PreparationPlan {
  if (!(source.width >= 1 && source.height >= 1))
    throw new AppError('invalid_input', 'A picture without pixels cannot be looked at.', source)
  const resized = resizedTo(resize, source)
  const { width, height } = crop ?? resized
  return { source, resized, width, height, left: middle(resized.width, width), top: middle(resized.height, height) }
}

function resizedTo(resize: PicturePreparation['resize'], source: Size): Size {
  if (resize === null) return source
  if ('width' in resize) return resize
  const factor = Math.max(resize.shortest / source.width, resize.shortest / source.height)
  // Two digits and no more, or 224 would now and then be 223.999….
  const sideOf = (length: number) => Math.floor(Number((length * factor).toFixed(2)))
  return { width: sideOf(source.width), height: sideOf(source.height) }
}

/** Half pixels go to the right where something is cut off, and to the left where black is put around. */
const middle = (has: number, wants: number) => (has >= wants ? Math.floor((has - wants) / 2) : -Math.floor((wants - has) / 2))
