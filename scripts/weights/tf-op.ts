/** What a translation of one TensorFlow operation gets, and what it may ask. TensorFlow's int32 is int64 in ONNX throughout. */
import { constantOf, type GraphModel, type GraphNode, inputOf, type Weight } from './graph-model'
import type { OnnxGraph } from './onnx-graph'

export type OpContext = {
  readonly model: GraphModel
  readonly graph: OnnxGraph
  readonly node: GraphNode
  /** Name of the ONNX value of an input, made when it is asked for. */
  readonly input: (position: number) => string
}

/** Gives the name of its output, or of each of them. */
export type TfOp = (context: OpContext) => string | readonly string[]

export const allInputs = ({ node, input }: OpContext, count = node.input.length) =>
  Array.from({ length: count }, (_, position) => input(position))

/** An input that ONNX wants to know beforehand. */
export function constantInput({ model, node }: OpContext, position: number): Weight {
  const weight = constantOf(model, inputOf(node, position))
  if (weight === undefined) throw new Error(`${node.op} ${node.name} should have a constant as input ${position}`)
  return weight
}

export const integersOf = (context: OpContext, position: number) => [...constantInput(context, position).data]
export const flagOf = ({ node }: OpContext, name: string) => node.attr[name]?.b === true
export const numberOf = ({ node }: OpContext, name: string) => node.attr[name]?.i ?? 0
