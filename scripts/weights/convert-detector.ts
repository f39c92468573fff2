/**
 * The detector (SSD MobileNetV2, 300 × 300, trained on COCO) as a lean ONNX graph: planar input, any batch, every bias and
 * normalisation folded into the convolutions, `Add` where TensorFlow has AddN (WebGPU has no `Sum`), no Transpose or Shape.
 *
 * in:  image [n, 3, 300, 300] = pixel · 2 / 255 − 1, RGB
 * out: score [n, 1917]     of the best class of each anchor
 *      cls   [n, 1917]     that class from 0; + 1 = id of the 91 COCO categories
 *      boxes [n, 4, 1917]  top, left, bottom, right as shares of the picture, not clipped
 *      gap   [n, 1280]     the last feature map, averaged
 */
import { anchorConstants, decodeBoxes } from './detector-boxes'
import { HEADS, headConv } from './detector-heads'
import { DetectorTrunk } from './detector-trunk'
import type { GraphModel } from './graph-model'
import { OnnxGraph } from './onnx-graph'

const LAST_FEATURES = 'FeatureExtractor/MobilenetV2/Conv_1/Relu6'

export function convertDetector(model: GraphModel): Uint8Array {
  const graph = new OnnxGraph()
  const trunk = new DetectorTrunk(model, graph)
  const heads = HEADS.map((head) => headConv(model, trunk, head))

  const logits = graph.add(
    'Concat',
    heads.map((head) => head.classes),
    { axis: 2 },
  )
  const codes = graph.add(
    'Concat',
    heads.map((head) => head.boxes),
    { axis: 2 },
  )
  const anchors = anchorConstants(
    model,
    graph,
    heads.map((head) => head.anchors),
  )

  graph.add('Sigmoid', [graph.add('ReduceMax', [logits], { axes: [1], keepdims: 0 })], {}, 'score')
  // Left as int64: a Cast behind ArgMax would be put on the CPU by the WebGPU runtime.
  graph.add('ArgMax', [logits], { axis: 1, keepdims: 0 }, 'cls')
  decodeBoxes(graph, codes, anchors, 'boxes')
  graph.add('Reshape', [graph.add('GlobalAveragePool', [trunk.features(LAST_FEATURES)]), graph.integers([0, -1])], {}, 'gap')

  return graph.encode(
    'ssd_coco',
    [{ name: 'image', element: 'float', shape: ['n', 3, 300, 300] }],
    [
      { name: 'score', element: 'float', shape: ['n', anchors.count] },
      { name: 'cls', element: 'int64', shape: ['n', anchors.count] },
      { name: 'boxes', element: 'float', shape: ['n', 4, anchors.count] },
      { name: 'gap', element: 'float', shape: ['n', 1280] },
    ],
  )
}
