/** Cutting, gathering and putting together: TensorFlow in ONNX. */
import { allInputs, integersOf, numberOf, type OpContext, type TfOp } from './tf-op'

/** ONNX clips an end to the length, so this means "to the end". */
const TO_THE_END = 2 ** 31 - 1

function slice(context: OpContext, from: readonly number[], to: readonly number[], step: readonly number[]): string {
  const { graph } = context
  const lists = [from, to, from.map((_, axis) => axis), step].map((list) => graph.integers(list))
  return graph.add('Slice', [context.input(0), ...lists])
}

/** Bit k of a mask speaks of axis k: begin or end left open, or the axis taken away. */
function stridedSlice(context: OpContext): string {
  if (numberOf(context, 'ellipsis_mask') !== 0 || numberOf(context, 'new_axis_mask') !== 0) {
    throw new Error(`${context.node.name} cuts in a way that is not known here`)
  }
  const isSet = (mask: string, axis: number) => ((numberOf(context, mask) >> axis) & 1) === 1
  const [begin, end, step] = [integersOf(context, 1), integersOf(context, 2), integersOf(context, 3)]
  const gone = begin.map((_, axis) => axis).filter((axis) => isSet('shrink_axis_mask', axis))
  const from = begin.map((at, axis) => (isSet('begin_mask', axis) && !gone.includes(axis) ? 0 : at))
  const to = end.map((at, axis) => {
    if (gone.includes(axis)) return from[axis] === -1 ? TO_THE_END : (from[axis] ?? 0) + 1
    return isSet('end_mask', axis) ? TO_THE_END : at
  })
  const cut = slice(context, from, to, step)
  return gone.length === 0 ? cut : context.graph.add('Squeeze', [cut, context.graph.integers(gone)])
}

export const TF_SHAPES: Readonly<Record<string, TfOp>> = {
  StridedSlice: stridedSlice,
  Slice: (context) => {
    const [begin, size] = [integersOf(context, 1), integersOf(context, 2)]
    const to = begin.map((at, axis) => (size[axis] === -1 ? TO_THE_END : at + (size[axis] ?? 0)))
    return slice(
      context,
      begin,
      to,
      begin.map(() => 1),
    )
  },
  Shape: (context) => context.graph.add('Shape', [context.input(0)]),
  Reshape: (context) => context.graph.add('Reshape', [context.input(0), context.input(1)]),
  Transpose: (context) => context.graph.add('Transpose', [context.input(0)], { perm: integersOf(context, 1) }),
  ExpandDims: (context) => context.graph.add('Unsqueeze', [context.input(0), context.graph.integers(integersOf(context, 1), [1])]),
  Squeeze: (context) => {
    const axes = context.node.attr.squeeze_dims?.list?.i ?? []
    return context.graph.add('Squeeze', [context.input(0), context.graph.integers(axes)])
  },
  Pack: (context) => {
    const axis = numberOf(context, 'axis')
    const each = allInputs(context).map((value) => context.graph.add('Unsqueeze', [value, context.graph.integers([axis])]))
    return context.graph.add('Concat', each, { axis })
  },
  ConcatV2: (context) => {
    const last = context.node.input.length - 1
    return context.graph.add('Concat', allInputs(context, last), { axis: integersOf(context, last)[0] ?? 0 })
  },
  SplitV: (context) => {
    const sizes = integersOf(context, 1)
    const axis = integersOf(context, 2)[0] ?? 0
    return context.graph.addMany('Split', [context.input(0), context.graph.integers(sizes)], { axis }, sizes.length)
  },
  Range: (context) => context.graph.add('Range', allInputs(context)),
  GatherV2: (context) => context.graph.add('Gather', allInputs(context, 2), { axis: integersOf(context, 2)[0] ?? 0 }),
  GatherNd: (context) => context.graph.add('GatherND', allInputs(context)),
  /** TensorFlow lists places row by row, ONNX axis by axis. */
  Where: (context) => context.graph.add('Transpose', [context.graph.add('NonZero', [context.input(0)])], { perm: [1, 0] }),
  /** (places, values, shape): zeros elsewhere. No place comes twice here, so nothing has to be summed. */
  ScatterNd: (context) => {
    const zeros = context.graph.add('ConstantOfShape', [context.input(2)])
    return context.graph.add('ScatterND', [zeros, context.input(0), context.input(1)])
  },
  /** (places, shape, values, what stands elsewhere). */
  SparseToDense: (context) => {
    const ground = context.graph.add('Expand', [context.input(3), context.input(1)])
    return context.graph.add('ScatterND', [ground, context.input(0), context.input(2)])
  },
}
