/**
 * The sentence encoder (Universal Sentence Encoder lite, 512 dimensions) as ONNX, node by node.
 *
 * in:  indices [tokens, 2] (sentence, place in it), values [tokens] (ids of the vocabulary); a sparse matrix, sentence by sentence
 * out: embedding [sentences, 512], each of unit length
 */
import { type GraphModel, type GraphNode, nodeOf } from './graph-model'
import { OnnxGraph } from './onnx-graph'
import { TF_MATH } from './tf-math'
import type { OpContext, TfOp } from './tf-op'
import { TF_SHAPES } from './tf-shapes'

const INPUTS = ['indices', 'values']
const OUTPUT = 'module_apply_default/Encoder_en/hidden_layers/l2_normalize'
const OPS: Readonly<Record<string, TfOp>> = { ...TF_MATH, ...TF_SHAPES }

export function convertEncoder(model: GraphModel): Uint8Array {
  const graph = new OnnxGraph()
  const made = new Map<string, readonly string[]>(INPUTS.map((name) => [name, [name]]))

  const toOnnx = (reference: string): string => {
    const { node, output } = nodeOf(model, reference)
    const outputs = made.get(node.name) ?? make(node)
    made.set(node.name, outputs)
    const value = outputs[output]
    if (value === undefined) throw new Error(`${node.name} has no output ${output}`)
    return value
  }
  const make = (node: GraphNode): readonly string[] => {
    const weight = node.op === 'Const' ? model.weights.get(node.name) : undefined
    if (weight !== undefined) {
      const isFloat = weight.dtype === 'float32'
      return [isFloat ? graph.floats(node.name, weight.shape, weight.data) : graph.integers([...weight.data], weight.shape)]
    }
    const op = OPS[node.op]
    if (op === undefined) throw new Error(`the graph uses ${node.op} (${node.name}), which is not known here`)
    const context: OpContext = { model, graph, node, input: (position) => toOnnx(node.input[position] ?? '') }
    const outputs = op(context)
    return typeof outputs === 'string' ? [outputs] : outputs
  }

  graph.add('Identity', [toOnnx(OUTPUT)], {}, 'embedding')
  return graph.encode(
    'use_lite',
    [
      { name: 'indices', element: 'int64', shape: ['tokens', 2] },
      { name: 'values', element: 'int64', shape: ['tokens'] },
    ],
    [{ name: 'embedding', element: 'float', shape: ['sentences', 512] }],
  )
}
