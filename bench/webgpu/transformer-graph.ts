/** The parts that the two halves of a dual encoder are made of, with weights drawn from a seed. */
import type { OnnxGraph } from '../../scripts/weights/onnx-graph'

/** `width` numbers a token; the hidden layer has four times as many. */
export type TransformerShape = { readonly layers: number; readonly width: number; readonly heads: number }

/** Of what is added: small, or all pictures and texts would look alike. */
const SPREAD = 0.04
const EPSILON = 1e-5
/** Of the approximation of GELU that CLIP was trained with. */
const QUICK_GELU = 1.702

/** Numbers between −spread and spread, the same ones for the same seed (Marsaglia's xorshift). */
export function randomNumbers(seed: number, count: number, spread = SPREAD): Float32Array {
  const numbers = new Float32Array(count)
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1
  for (let place = 0; place < count; place += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    numbers[place] = ((state >>> 0) / 2 ** 31 - 1) * spread
  }
  return numbers
}

/** Weights by name; the seed comes from the name, so the same name has the same numbers in every graph. */
export function weights(graph: OnnxGraph, name: string, shape: readonly number[], spread = SPREAD): string {
  const seed = Array.from(name).reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7)
  const count = shape.reduce((product, side) => product * side, 1)
  return graph.floats(name, shape, randomNumbers(seed, count, spread))
}

export function linear(graph: OnnxGraph, input: string, name: string, from: number, to: number): string {
  // Keeps the size of what comes in (a variance of 1 / from), so that differences survive every layer.
  const product = graph.add('MatMul', [input, weights(graph, `${name}.weight`, [from, to], Math.sqrt(3 / from))])
  return graph.add('Add', [product, weights(graph, `${name}.bias`, [to])])
}

/** Layer normalisation over the last side, in the small steps that exporters write before opset 17; onnxruntime makes one of them. */
export function normalised(graph: OnnxGraph, input: string, name: string, width: number): string {
  const centred = graph.add('Sub', [input, graph.add('ReduceMean', [input], { axes: [-1] })])
  const squared = graph.add('Pow', [centred, graph.floats('two', [], [2])])
  const variance = graph.add('Add', [graph.add('ReduceMean', [squared], { axes: [-1] }), graph.floats('epsilon', [], [EPSILON])])
  const even = graph.add('Div', [centred, graph.add('Sqrt', [variance])])
  const scaled = graph.add('Mul', [even, graph.floats(`${name}.scale`, [width], new Float32Array(width).fill(1))])
  return graph.add('Add', [scaled, weights(graph, `${name}.shift`, [width])])
}

/** Tokens in, tokens out. `mask` is added to the scores of attention; null = every token sees every other. */
export function transformer(graph: OnnxGraph, input: string, name: string, shape: TransformerShape, mask: string | null): string {
  let tokens = input
  for (let layer = 0; layer < shape.layers; layer += 1) tokens = block(graph, tokens, `${name}.${layer}`, shape, mask)
  return tokens
}

function block(graph: OnnxGraph, input: string, name: string, shape: TransformerShape, mask: string | null): string {
  const { width } = shape
  const seen = attention(graph, normalised(graph, input, `${name}.norm1`, width), name, shape, mask)
  const tokens = graph.add('Add', [input, seen])
  const hidden = linear(graph, normalised(graph, tokens, `${name}.norm2`, width), `${name}.fc1`, width, width * 4)
  const gate = graph.add('Sigmoid', [graph.add('Mul', [hidden, graph.floats('quick_gelu', [], [QUICK_GELU])])])
  return graph.add('Add', [tokens, linear(graph, graph.add('Mul', [hidden, gate]), `${name}.fc2`, width * 4, width)])
}

function attention(graph: OnnxGraph, input: string, name: string, { width, heads }: TransformerShape, mask: string | null): string {
  const depth = width / heads
  const split = (part: string, perm: readonly number[]) => {
    const whole = linear(graph, input, `${name}.${part}`, width, width)
    return graph.add('Transpose', [graph.add('Reshape', [whole, graph.integers([0, 0, heads, depth])])], { perm })
  }
  const query = graph.add('Mul', [split('query', [0, 2, 1, 3]), graph.floats(`scale_${depth}`, [], [1 / Math.sqrt(depth)])])
  const scores = graph.add('MatMul', [query, split('key', [0, 2, 3, 1])])
  const shares = graph.add('Softmax', [mask === null ? scores : graph.add('Add', [scores, mask])], { axis: -1 })
  const mixed = graph.add('Transpose', [graph.add('MatMul', [shares, split('value', [0, 2, 1, 3])])], { perm: [0, 2, 1, 3] })
  return linear(graph, graph.add('Reshape', [mixed, graph.integers([0, 0, width])]), `${name}.out`, width, width)
}
