/**
 * A dual encoder of the shapes of CLIP with weights by chance: what it says means nothing, what it costs is what the real one costs. One
 * graph with both halves, inputs and outputs as the exports for Transformers.js have them.
 */
import { OnnxGraph, type Port } from '../../scripts/weights/onnx-graph'
import { linear, normalised, type TransformerShape, transformer, weights } from './transformer-graph'

/** `side` = pixels of a picture, `patch` = of a square that becomes a token; `words`, `context` = sizes of vocabulary and text. */
export type DualEncoderShape = {
  readonly side: number
  readonly patch: number
  readonly vision: TransformerShape
  readonly text: TransformerShape
  readonly words: number
  readonly context: number
  readonly dimensions: number
}

/** CLIP ViT-B/32, but for its vocabulary of 49,408 words, which costs bytes and no time. */
export const VIT_B_32: DualEncoderShape = {
  side: 224,
  patch: 32,
  vision: { layers: 12, width: 768, heads: 12 },
  text: { layers: 12, width: 512, heads: 8 },
  words: 64,
  context: 77,
  dimensions: 512,
}

/** The same in small, for tests. */
export const SMALL: DualEncoderShape = {
  side: 32,
  patch: 8,
  vision: { layers: 2, width: 32, heads: 4 },
  text: { layers: 2, width: 32, heads: 2 },
  words: 64,
  context: 16,
  dimensions: 24,
}

/** Hidden tokens get this added to their score. */
const HIDDEN = -10_000

const ids: Port = { name: 'input_ids', element: 'int64', shape: ['texts', 'tokens'] }
const mask: Port = { name: 'attention_mask', element: 'int64', shape: ['texts', 'tokens'] }
const embeds = (name: string): Port => ({ name, element: 'float', shape: null })

export function dualEncoderGraph(shape: DualEncoderShape): Uint8Array {
  const graph = new OnnxGraph()
  visionHalf(graph, shape, 'image_embeds')
  textHalf(graph, shape, 'text_embeds')
  const turned = graph.add('Transpose', ['text_embeds'], { perm: [1, 0] })
  graph.add('MatMul', ['image_embeds', turned], {}, 'logits_per_image')
  return graph.encode(
    'random dual encoder',
    [ids, mask, pixelsOf(shape)],
    [embeds('logits_per_image'), embeds('text_embeds'), embeds('image_embeds')],
  )
}

const pixelsOf = ({ side }: DualEncoderShape): Port => ({ name: 'pixel_values', element: 'float', shape: ['pictures', 3, side, side] })

/** One half alone, with the weights that it has in the whole. `output` = what it calls its vectors. */
export function dualEncoderHalf(shape: DualEncoderShape, half: 'pictures' | 'texts', output: string): Uint8Array {
  const graph = new OnnxGraph()
  if (half === 'pictures') visionHalf(graph, shape, output)
  else textHalf(graph, shape, output)
  return graph.encode(`random dual encoder, ${half}`, half === 'pictures' ? [pixelsOf(shape)] : [ids, mask], [embeds(output)])
}

/** Unlike a normalised layer, the weights of these are as wide as the picture's numbers, so that pictures come out different. */
const PATCH_SPREAD = 0.1

function visionHalf(graph: OnnxGraph, { side, patch, vision, dimensions }: DualEncoderShape, output: string): void {
  const { width } = vision
  const kernel = { kernel_shape: [patch, patch], strides: [patch, patch] }
  const squares = graph.add('Conv', ['pixel_values', weights(graph, 'patches', [width, 3, patch, patch], PATCH_SPREAD)], kernel)
  const listed = graph.add('Reshape', [squares, graph.integers([0, width, -1])])
  const tokens = graph.add('Transpose', [listed], { perm: [0, 2, 1] })
  // A token of its own for the whole picture, once for each of the batch.
  const none = graph.add('Mul', [graph.add('ReduceMean', [tokens], { axes: [1] }), graph.floats('zero', [], [0])])
  const whole = graph.add('Add', [none, weights(graph, 'class', [1, 1, width])])
  const count = (side / patch) ** 2 + 1
  const placed = graph.add('Add', [graph.add('Concat', [whole, tokens], { axis: 1 }), weights(graph, 'vision.places', [count, width])])
  const seen = transformer(graph, normalised(graph, placed, 'vision.norm0', width), 'vision', vision, null)
  const first = graph.add('Gather', [seen, graph.integers([0], [])], { axis: 1 })
  const outcome = linear(graph, normalised(graph, first, 'vision.norm', width), 'vision.project', width, dimensions)
  graph.add('Identity', [outcome], {}, output)
}

function textHalf(graph: OnnxGraph, { text, words, context, dimensions }: DualEncoderShape, output: string): void {
  const { width } = text
  const looked = graph.add('Gather', [weights(graph, 'words', [words, width], 1), 'input_ids'], { axis: 0 })
  const length = graph.add('Gather', [graph.add('Shape', ['input_ids']), graph.integers([1])], { axis: 0 })
  const places = graph.add('Slice', [weights(graph, 'text.places', [context, width]), graph.integers([0]), length, graph.integers([0])])
  const shown = graph.add('Unsqueeze', [graph.add('Cast', ['attention_mask'], { to: 1 }), graph.integers([1, 2])])
  const hidden = graph.add('Mul', [graph.add('Sub', [graph.floats('one', [], [1]), shown]), graph.floats('hidden', [], [HIDDEN])])
  const read = transformer(graph, graph.add('Add', [looked, places]), 'text', text, hidden)
  const last = graph.add('Gather', [read, graph.integers([-1], [])], { axis: 1 })
  const outcome = linear(graph, normalised(graph, last, 'text.norm', width), 'text.project', width, dimensions)
  graph.add('Identity', [outcome], {}, output)
}
