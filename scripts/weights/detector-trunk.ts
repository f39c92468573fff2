/** The feature extractor of the detector, walked from a tensor back to the picture; each tensor is made once. */
import { type FoldedConv, foldConv, isConv } from './folded-conv'
import { constantOf, type GraphModel, type GraphNode, inputOf, nodeOf } from './graph-model'
import type { OnnxGraph } from './onnx-graph'

/** Where TensorFlow has the picture scaled to −1 … 1; what it does before (a loop over the batch, resizing) is left out. */
const PICTURE = 'Preprocessor/sub'

export class DetectorTrunk {
  readonly #made = new Map<string, string>([[PICTURE, 'image']])

  constructor(
    readonly model: GraphModel,
    readonly graph: OnnxGraph,
  ) {}

  /** Name of the ONNX value of a tensor of the TensorFlow graph. */
  features(reference: string): string {
    const made = this.#made.get(reference) ?? this.#make(reference)
    this.#made.set(reference, made)
    return made
  }

  conv(name: string, folded: FoldedConv): string {
    const { kernel, bias, stride, groups } = folded
    const side = kernel.shape.slice(2)
    const inputs = [
      this.features(folded.input),
      this.graph.floats(`${name}/kernel`, kernel.shape, kernel.values),
      this.graph.floats(`${name}/bias`, [bias.length], bias),
    ]
    const padding = side.every((length) => length === 1) ? {} : { auto_pad: 'SAME_UPPER' }
    return this.graph.add('Conv', inputs, { kernel_shape: side, strides: stride, group: groups, ...padding })
  }

  #make(reference: string): string {
    const { node } = nodeOf(this.model, reference)
    if (node.op === 'Relu6') {
      const limits = [this.graph.floats('zero', [], [0]), this.graph.floats('six', [], [6])]
      return this.graph.add('Clip', [this.features(inputOf(node, 0)), ...limits])
    }
    if (node.op === 'AddN') return this.#residual(node)
    const sum = node.op === 'Add' ? this.#sumBefore(node) : null
    return sum === null ? this.conv(reference, foldConv(this.model, reference)) : this.#residual(sum, node)
  }

  /** TensorFlow's optimiser moved the bias of a residual branch behind the sum; `Add(bias, AddN(…))`. */
  #sumBefore(node: GraphNode): GraphNode | null {
    return node.input.map((input) => nodeOf(this.model, input).node).find((each) => each.op === 'AddN') ?? null
  }

  #residual(sum: GraphNode, bias?: GraphNode): string {
    if (sum.input.length !== 2) throw new Error(`${sum.name} adds ${sum.input.length} things`)
    if (bias === undefined)
      return this.graph.add(
        'Add',
        sum.input.map((input) => this.features(input)),
      )
    const branch = sum.input.find((input) => this.#isBareConv(input))
    const other = sum.input.find((input) => input !== branch)
    const constant = bias.input.map((input) => constantOf(this.model, input)).find((weight) => weight !== undefined)
    if (branch === undefined || other === undefined || constant === undefined) throw new Error(`${bias.name} is not a residual with a bias`)
    return this.graph.add('Add', [this.conv(branch, foldConv(this.model, branch, constant)), this.features(other)])
  }

  /** A convolution that has no bias of its own yet. */
  #isBareConv(reference: string): boolean {
    const { node } = nodeOf(this.model, reference)
    return isConv(node) || (node.op === 'Mul' && node.input.some((input) => isConv(nodeOf(this.model, input).node)))
  }
}
