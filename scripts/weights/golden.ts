/**
 * Compares a converted model with what the original gave. core/models/golden-outputs.json holds outputs of the TensorFlow.js graphs,
 * run by TensorFlow.js itself (backend `cpu`), so a mistake of the converter cannot hide in them.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { detectorFeed, planesOf } from '../../core/models/detector-io'
import { piecesFeed } from '../../core/models/encoder-io'
import { type Golden, goldenSchema } from '../../core/models/golden'
import { goldenPicture } from '../../core/models/golden-input'
import { floatsOf, integersOf } from '../../core/models/tensors'
import type { OnnxModel } from '../../worker/models/onnx-runtime'
import { ROOT } from '../paths.mjs'

/** Seen between TensorFlow.js and onnxruntime: 2e-7 in scores, 6e-7 in boxes, 1e-6 in features, 2e-7 in embeddings. */
const TOLERANCE = { score: 1e-5, box: 1e-4, sum: 1e-2, feature: 1e-4, embedding: 1e-5 }

export async function readGolden(): Promise<Golden> {
  return goldenSchema.parse(JSON.parse(await readFile(path.join(ROOT, 'core', 'models', 'golden-outputs.json'), 'utf8')))
}

/** Throws an Error that names the number which is off. */
function assertNear(what: string, found: number | undefined, wanted: number, tolerance: number): void {
  const difference = Math.abs((found ?? Number.NaN) - wanted)
  // Written so that NaN fails too.
  if (difference <= tolerance) return
  throw new Error(`the converted model gives other numbers than the original (${what}: ${found} instead of ${wanted}), so it is not used`)
}

export async function checkDetector(model: OnnxModel, golden: Golden['detector']): Promise<void> {
  const outputs = await model.run(detectorFeed([planesOf(goldenPicture())]))
  const [score, boxes, gap, classes] = [
    floatsOf(outputs, 'score'),
    floatsOf(outputs, 'boxes'),
    floatsOf(outputs, 'gap'),
    integersOf(outputs, 'cls'),
  ]
  const count = score.length
  const rowSum = (row: number) => boxes.subarray(row * count, (row + 1) * count).reduce((sum, value) => sum + value, 0)
  golden.best.forEach((wanted, place) => {
    // Anchors come in another order than in the original: the one of the class that lies nearest is meant.
    const distance = (anchor: number) => Math.max(...wanted.box.map((side, row) => Math.abs(side - (boxes[row * count + anchor] ?? 0))))
    const [nearest] = [...score.keys()]
      .filter((anchor) => Number(classes[anchor]) + 1 === wanted.classId)
      .map((anchor) => ({ anchor, distance: distance(anchor) }))
      .sort((a, b) => a.distance - b.distance)
    assertNear(`box ${place}`, nearest?.distance, 0, TOLERANCE.box)
    assertNear(`score ${place}`, score[nearest?.anchor ?? -1], wanted.score, TOLERANCE.score)
  })
  assertNear(
    'sum of scores',
    score.reduce((sum, value) => sum + value, 0),
    golden.scoreSum,
    TOLERANCE.sum,
  )
  for (const [row, sum] of golden.boxSums.entries()) assertNear(`sum of sides ${row}`, rowSum(row), sum, TOLERANCE.sum)
  for (const [place, value] of golden.gap.values.entries())
    assertNear(`feature ${place}`, gap[place * golden.gap.step], value, TOLERANCE.feature)
}

export async function checkEncoder(model: OnnxModel, golden: Golden['encoder']): Promise<void> {
  const outputs = await model.run(piecesFeed(golden.ids))
  const embedding = floatsOf(outputs, 'embedding')
  const dimensions = embedding.length / golden.ids.length
  for (const [row, wanted] of golden.values.entries()) {
    for (const [place, value] of wanted.entries()) {
      assertNear(`sentence ${row}, number ${place}`, embedding[row * dimensions + place * golden.step], value, TOLERANCE.embedding)
    }
  }
}
