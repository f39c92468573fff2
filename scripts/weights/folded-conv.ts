/**
 * A convolution with everything that follows it per channel (bias, scale, batch normalisation) folded into its weights:
 * y = scale · conv(x) + bias is again a convolution. TensorFlow keeps kernels as [height, width, in, out or multiplier], ONNX
 * as [out, in of the group, height, width].
 */
import { constantOf, type GraphModel, type GraphNode, inputOf, nodeOf, textOf, type Weight } from './graph-model'

export type FoldedConv = {
  /** What it reads, a reference of the TensorFlow graph. */
  readonly input: string
  readonly kernel: { readonly shape: readonly [number, number, number, number]; readonly values: Float64Array }
  readonly bias: Float64Array
  readonly stride: readonly [number, number]
  readonly groups: number
}

const PER_CHANNEL = new Set(['Add', 'BiasAdd', 'Mul', 'FusedBatchNorm'])
export const isConv = (node: GraphNode) => node.op === 'Conv2D' || node.op === 'DepthwiseConv2dNative'

/** The convolution whose result, after its per-channel steps, is `reference`. `later` is added to its bias. */
export function foldConv(model: GraphModel, reference: string, later?: Weight): FoldedConv {
  let { node } = nodeOf(model, reference)
  let scale: number[] | null = null
  let bias: number[] = later === undefined ? [] : [...later.data]
  while (PER_CHANNEL.has(node.op)) {
    const step = stepOf(model, node)
    const before: number[] = scale ?? step.factor.map(() => 1)
    bias = step.factor.map((_, channel) => (bias[channel] ?? 0) + (before[channel] ?? 0) * (step.offset[channel] ?? 0))
    scale = step.factor.map((factor, channel) => (before[channel] ?? 0) * factor)
    node = nodeOf(model, step.of).node
  }
  if (!isConv(node)) throw new Error(`${reference} should come from a convolution, not from ${node.op}`)
  const conv = kernelOf(model, node)
  const size = conv.kernel.values.length / conv.kernel.shape[0]
  for (let index = 0; index < conv.kernel.values.length; index += 1) {
    conv.kernel.values[index] = (conv.kernel.values[index] ?? 0) * (scale?.[Math.floor(index / size)] ?? 1)
  }
  return { ...conv, bias: Float64Array.from({ length: conv.kernel.shape[0] }, (_, channel) => bias[channel] ?? 0) }
}

/** One step as y = factor · x + offset; `of` = x. */
function stepOf(model: GraphModel, node: GraphNode): { of: string; factor: number[]; offset: number[] } {
  if (node.op === 'FusedBatchNorm') {
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((position) => valuesOf(model, inputOf(node, position)))
    const epsilon = node.attr.epsilon?.f ?? 1e-3
    const factor = (gamma ?? []).map((value, channel) => value / Math.sqrt((variance?.[channel] ?? 0) + epsilon))
    return { of: inputOf(node, 0), factor, offset: factor.map((value, channel) => (beta?.[channel] ?? 0) - (mean?.[channel] ?? 0) * value) }
  }
  const isFirstConstant = constantOf(model, inputOf(node, 0)) !== undefined
  const values = valuesOf(model, inputOf(node, isFirstConstant ? 0 : 1))
  const of = inputOf(node, isFirstConstant ? 1 : 0)
  if (node.op === 'Mul') return { of, factor: values, offset: values.map(() => 0) }
  return { of, factor: values.map(() => 1), offset: values }
}

function valuesOf(model: GraphModel, reference: string): number[] {
  const weight = constantOf(model, reference)
  if (weight === undefined) throw new Error(`${reference} should be a constant`)
  return [...weight.data]
}

function kernelOf(model: GraphModel, node: GraphNode): Omit<FoldedConv, 'bias'> {
  const weight = constantOf(model, inputOf(node, 1))
  const [height = 0, width = 0, ins = 0, last = 0] = weight?.shape ?? []
  const [, down = 1, right = 1] = node.attr.strides?.list?.i ?? []
  if (weight === undefined || weight.shape.length !== 4) throw new Error(`${node.name} has no constant kernel`)
  if (textOf(node, 'padding') !== 'SAME' || node.attr.dilations?.list?.i?.some((step) => step !== 1)) {
    throw new Error(`${node.name} is padded or dilated in a way that is not known here`)
  }
  const isDepthwise = node.op === 'DepthwiseConv2dNative'
  const values = new Float64Array(weight.data.length)
  let source = 0
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let inner = 0; inner < ins; inner += 1)
        for (let outer = 0; outer < last; outer += 1) {
          const channel = isDepthwise ? inner * last + outer : outer * ins + inner
          values[(channel * height + y) * width + x] = weight.data[source] ?? 0
          source += 1
        }
  const shape = isDepthwise ? ([ins * last, 1, height, width] as const) : ([last, ins, height, width] as const)
  return { input: inputOf(node, 0), kernel: { shape, values }, stride: [down, right], groups: isDepthwise ? ins : 1 }
}
