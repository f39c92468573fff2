/** Writes a dual encoder with weights by chance as a folder in the layout of Hugging Face, which opens everywhere like a real one. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { wordTokenizer } from '../../scripts/weights/word-tokenizer'
import { type DualEncoderShape, dualEncoderGraph, dualEncoderHalf } from './dual-encoder-graph'

const WORDS = [
  '[PAD]',
  '[UNK]',
  ...'a photo of the red blue green dog car man woman street dark bright two many left right who what is doing .'.split(' '),
]

/** Mean and deviation of the pictures that CLIP was trained on. */
const COLOURS = { image_mean: [0.48145466, 0.4578275, 0.40821073], image_std: [0.26862954, 0.26130258, 0.27577711] }

const tokenizer = wordTokenizer(WORDS)

/**
 * How pictures are brought to the model's size: cut from the middle (CLIP) or squeezed (SigLIP); `resample` = number of Pillow. `isSplit` =
 * a file for each half in the place of one graph.
 */
export type FolderKind = { readonly modelType: 'clip' | 'siglip'; readonly resample: 2 | 3; readonly isSplit?: boolean }

export async function writeDualEncoder(folder: string, shape: DualEncoderShape, kind: FolderKind): Promise<void> {
  const { modelType, resample } = kind
  const { side, context } = shape
  const isClip = modelType === 'clip'
  const name = isClip ? 'CLIP' : 'Siglip'
  const files: Record<string, unknown> = {
    'config.json': { model_type: modelType, architectures: [`${name}Model`] },
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizer',
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      model_max_length: context,
    },
    'preprocessor_config.json': {
      image_processor_type: `${name}ImageProcessor`,
      do_resize: true,
      size: isClip ? { shortest_edge: side } : { height: side, width: side },
      resample,
      do_center_crop: isClip,
      crop_size: { height: side, width: side },
      do_rescale: true,
      rescale_factor: 1 / 255,
      do_normalize: true,
      ...COLOURS,
    },
  }
  await mkdir(path.join(folder, 'onnx'), { recursive: true })
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(folder, file), JSON.stringify(content, null, 2))
  for (const [file, graph] of Object.entries(graphsOf(shape, kind))) await writeFile(path.join(folder, 'onnx', file), graph)
}

function graphsOf(shape: DualEncoderShape, { modelType, isSplit = false }: FolderKind): Readonly<Record<string, Uint8Array>> {
  if (!isSplit) return { 'model.onnx': dualEncoderGraph(shape) }
  const [pictures, texts] = modelType === 'clip' ? ['image_embeds', 'text_embeds'] : ['pooler_output', 'pooler_output']
  return {
    'vision_model.onnx': dualEncoderHalf(shape, 'pictures', pictures),
    'text_model.onnx': dualEncoderHalf(shape, 'texts', texts),
  }
}
