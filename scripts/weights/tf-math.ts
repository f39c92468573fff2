/** Arithmetic of TensorFlow in ONNX. */
import { ELEMENT } from './onnx-graph'
import { allInputs, constantInput, flagOf, integersOf, type OpContext, type TfOp } from './tf-op'

/** The same operation under another name. */
const as =
  (op: string): TfOp =>
  (context) =>
    context.graph.add(op, allInputs(context))

const reduce =
  (op: string): TfOp =>
  (context) => {
    const keepdims = flagOf(context, 'keep_dims') ? 1 : 0
    const axes = integersOf(context, 1)
    // Since opset 13 the axes of ReduceSum are an input; those of the others are still an attribute.
    if (op === 'ReduceSum') return context.graph.add(op, [context.input(0), context.graph.integers(axes)], { keepdims })
    return context.graph.add(op, [context.input(0)], { axes, keepdims })
  }

/** Data types by their number in TensorFlow. */
const CAST_TO: Readonly<Record<number, number>> = { 1: ELEMENT.float, 3: ELEMENT.int64, 9: ELEMENT.int64, 10: ELEMENT.bool }

function matrices(context: OpContext, isFirstTurned: boolean, isSecondTurned: boolean, perm: readonly number[]): string {
  const turned = (value: string, isTurned: boolean) => (isTurned ? context.graph.add('Transpose', [value], { perm }) : value)
  return context.graph.add('MatMul', [turned(context.input(0), isFirstTurned), turned(context.input(1), isSecondTurned)])
}

export const TF_MATH: Readonly<Record<string, TfOp>> = {
  Add: as('Add'),
  BiasAdd: as('Add'),
  Sub: as('Sub'),
  Mul: as('Mul'),
  RealDiv: as('Div'),
  Maximum: as('Max'),
  Relu: as('Relu'),
  Sin: as('Sin'),
  Cos: as('Cos'),
  Tanh: as('Tanh'),
  Less: as('Less'),
  Greater: as('Greater'),
  LogicalNot: as('Not'),
  Sum: reduce('ReduceSum'),
  Mean: reduce('ReduceMean'),
  Max: reduce('ReduceMax'),
  Prod: reduce('ReduceProd'),
  Square: (context) => context.graph.add('Mul', [context.input(0), context.input(0)]),
  Rsqrt: (context) => context.graph.add('Reciprocal', [context.graph.add('Sqrt', [context.input(0)])]),
  Softmax: (context) => context.graph.add('Softmax', [context.input(0)], { axis: -1 }),
  Cast: (context) => {
    const to = CAST_TO[context.node.attr.DstT?.type ?? -1]
    if (to === undefined) throw new Error(`${context.node.name} casts to a type that is not known here`)
    return context.graph.add('Cast', [context.input(0)], { to })
  },
  MatMul: (context) => matrices(context, flagOf(context, 'transpose_a'), flagOf(context, 'transpose_b'), [1, 0]),
  BatchMatMul: (context) => matrices(context, flagOf(context, 'adj_x'), flagOf(context, 'adj_y'), [0, 1, 3, 2]),
  /** Only of one pixel, which is a product of matrices. */
  Conv2D: (context) => {
    const { shape, data } = constantInput(context, 1)
    const [height, width, ins = 0, outs = 0] = shape
    const strides = context.node.attr.strides?.list?.i ?? []
    if (height !== 1 || width !== 1 || strides.some((step) => step !== 1))
      throw new Error(`${context.node.name} is not a 1 × 1 convolution`)
    return context.graph.add('MatMul', [context.input(0), context.graph.floats(`${context.node.name}/kernel`, [ins, outs], data)])
  },
}
