/** Anchors as constants, and boxes decoded from them: centre = anchor centre + code · anchor size, size = anchor size · e^code. */
import { constantOf, type GraphModel } from './graph-model'
import type { OnnxGraph } from './onnx-graph'

const ANCHORS = 'Postprocessor/ExpandDims'
/** Side of the grid of each scale. */
const GRIDS = [19, 10, 5, 3, 2, 1] as const

type Anchors = { readonly count: number; readonly centre: string; readonly size: string; readonly half: string }

/**
 * TensorFlow lists the anchors of a scale by place, then by anchor of the place; the heads here give them the other way round.
 * Constants of shape [1, 2, count]: vertical, horizontal.
 */
export function anchorConstants(model: GraphModel, graph: OnnxGraph, perPlace: readonly number[]): Anchors {
  const boxes = constantOf(model, ANCHORS)?.data
  const order: number[] = []
  for (const [scale, side] of GRIDS.entries()) {
    const [anchors, places, before] = [perPlace[scale] ?? 0, side * side, order.length]
    for (let at = 0; at < anchors * places; at += 1) order.push(before + (at % places) * anchors + Math.floor(at / places))
  }
  const count = order.length
  if (boxes?.length !== count * 4) throw new Error(`the model has ${(boxes?.length ?? 0) / 4} anchors, its heads ${count}`)
  const low = [0, 1].flatMap((axis) => order.map((anchor) => boxes[anchor * 4 + axis] ?? 0))
  const high = [0, 1].flatMap((axis) => order.map((anchor) => boxes[anchor * 4 + axis + 2] ?? 0))
  const size = low.map((value, at) => (high[at] ?? 0) - value)
  const constant = (name: string, values: number[]) => graph.floats(`anchors/${name}`, [1, 2, count], values)
  return {
    count,
    centre: constant(
      'centre',
      low.map((value, at) => value + (size[at] ?? 0) / 2),
    ),
    size: constant('size', size),
    half: constant(
      'half',
      size.map((value) => value / 2),
    ),
  }
}

/** `codes` [n, 4, count] → boxes of the same shape: top, left, bottom, right. */
export function decodeBoxes(graph: OnnxGraph, codes: string, anchors: Anchors, output: string): void {
  const part = (from: number, to: number) => graph.add('Slice', [codes, graph.integers([from]), graph.integers([to]), graph.integers([1])])
  const centre = graph.add('Add', [graph.add('Mul', [part(0, 2), anchors.size]), anchors.centre])
  const half = graph.add('Mul', [graph.add('Exp', [part(2, 4)]), anchors.half])
  graph.add('Concat', [graph.add('Sub', [centre, half]), graph.add('Add', [centre, half])], { axis: 1 }, output)
}
