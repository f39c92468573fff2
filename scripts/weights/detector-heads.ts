/**
 * The six pairs of heads that read classes and boxes off six scales. Their channels are put in an order that needs no
 * Transpose afterwards: by class (or coordinate) first, then by anchor.
 */
import type { DetectorTrunk } from './detector-trunk'
import { type FoldedConv, foldConv } from './folded-conv'
import type { GraphModel } from './graph-model'

export const HEADS = [0, 1, 2, 3, 4, 5] as const
/** Background and 90 categories. */
const CLASSES = 91
/** The box codes of the training (top and left by 10, height and width by 5), undone in the weights. */
const CODE_SCALES = [0.1, 0.1, 0.2, 0.2] as const

/** `classes` [n, 90, anchors of the scale], `boxes` [n, 4, the same]; `anchors` a place of the scale. */
export type Head = { readonly classes: string; readonly boxes: string; readonly anchors: number }

export function headConv(model: GraphModel, trunk: DetectorTrunk, head: (typeof HEADS)[number]): Head {
  const classes = foldConv(model, `BoxPredictor_${head}/ClassPredictor/BiasAdd`)
  const boxes = foldConv(model, `BoxPredictor_${head}/BoxEncodingPredictor/BiasAdd`)
  const anchors = boxes.bias.length / 4
  if (classes.bias.length !== anchors * CLASSES) throw new Error(`the heads of scale ${head} do not fit each other`)
  // Without the background, which is never the answer.
  const wanted = range(CLASSES - 1).flatMap((kind) => range(anchors).map((anchor) => ({ from: anchor * CLASSES + kind + 1, scale: 1 })))
  const coordinates = CODE_SCALES.flatMap((scale, side) => range(anchors).map((anchor) => ({ from: anchor * 4 + side, scale })))
  const flat = (name: string, folded: FoldedConv, sides: number) =>
    trunk.graph.add('Reshape', [trunk.conv(name, folded), trunk.graph.integers([0, sides, -1])])
  return {
    classes: flat(`head_${head}/classes`, withChannels(classes, wanted), CLASSES - 1),
    boxes: flat(`head_${head}/boxes`, withChannels(boxes, coordinates), 4),
    anchors,
  }
}

const range = (length: number) => Array.from({ length }, (_, index) => index)

/** The same convolution with other output channels: taken from where it is said, and scaled. */
function withChannels(folded: FoldedConv, channels: readonly { from: number; scale: number }[]): FoldedConv {
  const [, ...rest] = folded.kernel.shape
  const size = rest.reduce((product, side) => product * side, 1)
  const values = new Float64Array(channels.length * size)
  channels.forEach(({ from, scale }, channel) => {
    const kernel = folded.kernel.values.subarray(from * size, (from + 1) * size)
    values.set(
      kernel.map((value) => value * scale),
      channel * size,
    )
  })
  const bias = Float64Array.from(channels, ({ from, scale }) => (folded.bias[from] ?? 0) * scale)
  return { ...folded, kernel: { shape: [channels.length, ...rest], values }, bias }
}
