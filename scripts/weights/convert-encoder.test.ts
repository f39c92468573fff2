import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { floatsOf } from '../../core/models/tensors'
import { modelFile } from '../../worker/models/onnx-for-tests'
import { loadOnnxModel } from '../../worker/models/onnx-runtime'
import { convertEncoder } from './convert-encoder'
import { type TestNode, type TestWeight, writeGraphModel } from './graph-for-tests'
import { readGraphModel } from './graph-model'

const OUTPUT = 'module_apply_default/Encoder_en/hidden_layers/l2_normalize'
const FLOAT = 1

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crema-encoder-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const whole = (name: string, shape: number[], ...values: number[]): TestWeight => ({ name, shape, values, dtype: 'int32' })
const flags = (values: Record<string, boolean | number>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'boolean' ? { b: value } : { i: String(value) }]))

/** `nodes` read `values` (1, 2, 3, 4, 5, 6 as floats: `x`, and as a matrix of two rows: `m`); the last one is the answer. */
async function answerOf(nodes: TestNode[], weights: TestWeight[] = []): Promise<{ dims: readonly number[]; values: number[] }> {
  const inputs: TestNode[] = [
    { name: 'values', op: 'Placeholder' },
    { name: 'x', op: 'Cast', input: ['values'], attr: { DstT: { type: FLOAT } } },
    { name: 'm', op: 'Reshape', input: ['x', 'two_rows'] },
  ]
  const last: TestNode = { name: OUTPUT, op: 'Add', input: [nodes.at(-1)?.name ?? 'x', 'zero'] }
  await writeGraphModel(
    folder,
    [...inputs, ...nodes, last],
    [whole('two_rows', [2], 2, 3), { name: 'zero', shape: [], values: [0] }, ...weights],
  )
  const content = convertEncoder(await readGraphModel(folder))
  expect(convertEncoder(await readGraphModel(folder))).toEqual(content)
  const model = await loadOnnxModel(await modelFile(folder, 'made.onnx', content))
  const outputs = await model.run({
    values: { type: 'int64', data: BigInt64Array.from([1n, 2n, 3n, 4n, 5n, 6n]), dims: [6] },
    indices: { type: 'int64', data: new BigInt64Array(12), dims: [6, 2] },
  })
  await model.release()
  return { dims: outputs.embedding?.dims ?? [], values: [...floatsOf(outputs, 'embedding')] }
}

const slice = (masks: Record<string, number>): TestNode => ({
  name: 'cut',
  op: 'StridedSlice',
  input: ['m', 'b', 'e', 's'],
  attr: flags(masks),
})
const bounds = (begin: [number, number], end: [number, number]) => [
  whole('b', [2], ...begin),
  whole('e', [2], ...end),
  whole('s', [2], 1, 1),
]

it('cuts with open ends and with axes taken away, as TensorFlow does', async () => {
  expect(await answerOf([slice({})], bounds([0, 1], [2, 3]))).toEqual({ dims: [2, 2], values: [2, 3, 5, 6] })
  expect(await answerOf([slice({ begin_mask: 2, end_mask: 3 })], bounds([1, 9], [1, 1]))).toEqual({ dims: [1, 3], values: [4, 5, 6] })
  expect(await answerOf([slice({ shrink_axis_mask: 1, end_mask: 2 })], bounds([1, 1], [2, 0]))).toEqual({ dims: [2], values: [5, 6] })
  expect(await answerOf([slice({ shrink_axis_mask: 2 })], bounds([0, -1], [2, 0]))).toEqual({ dims: [2], values: [3, 6] })
  const sized = { name: 'cut', op: 'Slice', input: ['m', 'b', 'e'] }
  expect(await answerOf([sized], bounds([0, 1], [-1, 1]))).toEqual({ dims: [2, 1], values: [2, 5] })
})

it('sums, averages and multiplies along an axis', async () => {
  const along = (op: string, keeps: boolean): TestNode => ({ name: 'r', op, input: ['m', 'axis'], attr: flags({ keep_dims: keeps }) })
  const axis = [whole('axis', [1], 1)]
  expect(await answerOf([along('Sum', false)], axis)).toEqual({ dims: [2], values: [6, 15] })
  expect(await answerOf([along('Mean', true)], axis)).toEqual({ dims: [2, 1], values: [2, 5] })
  expect(await answerOf([along('Max', false)], axis)).toEqual({ dims: [2], values: [3, 6] })
  expect(await answerOf([along('Prod', false)], axis)).toEqual({ dims: [2], values: [6, 120] })
})

it('multiplies matrices, turned where it says so, and one-pixel convolutions', async () => {
  const product: TestNode = { name: 'p', op: 'MatMul', input: ['m', 'm'], attr: flags({ transpose_a: false, transpose_b: true }) }
  expect(await answerOf([product])).toEqual({ dims: [2, 2], values: [14, 32, 32, 77] })
  const picture: TestNode = { name: 'nhwc', op: 'Reshape', input: ['x', 'shape'] }
  const conv: TestNode = { name: 'c', op: 'Conv2D', input: ['nhwc', 'kernel'] }
  const weights = [whole('shape', [4], 1, 2, 1, 3), { name: 'kernel', shape: [1, 1, 3, 1], values: [1, 10, 100] }]
  expect(await answerOf([picture, conv], weights)).toEqual({ dims: [1, 2, 1, 1], values: [321, 654] })
})

it('finds places, gathers from them and scatters to them', async () => {
  const weights = [whole('three', [], 3), whole('axis', [], 0), whole('column', [2], -1, 1), whole('six', [1], 6)]
  const nodes: TestNode[] = [
    { name: 'is', op: 'Greater', input: ['values', 'three'] },
    { name: 'where', op: 'Where', input: ['is'] },
    { name: 'found', op: 'GatherNd', input: ['x', 'where'] },
  ]
  expect(await answerOf(nodes, weights)).toEqual({ dims: [3], values: [4, 5, 6] })
  const back: TestNode = { name: 'back', op: 'ScatterNd', input: ['where', 'found', 'six'] }
  expect(await answerOf([...nodes, back], weights)).toEqual({ dims: [6], values: [0, 0, 0, 4, 5, 6] })
  const rows: TestNode = { name: 'rows', op: 'GatherV2', input: ['m', 'pick', 'axis'] }
  expect(await answerOf([rows], [...weights, whole('pick', [2], 1, 0)])).toEqual({ dims: [2, 3], values: [4, 5, 6, 1, 2, 3] })
})

it('splits into several outputs and puts together again', async () => {
  const nodes: TestNode[] = [
    { name: 's', op: 'SplitV', input: ['m', 'sizes', 'axis'] },
    { name: 'all', op: 'ConcatV2', input: ['s:1', 's', 'axis'] },
  ]
  expect(await answerOf(nodes, [whole('sizes', [2], 1, 2), whole('axis', [], 1)])).toEqual({ dims: [2, 3], values: [2, 3, 1, 5, 6, 4] })
})

it('refuses what it does not know', async () => {
  await expect(answerOf([{ name: 'q', op: 'Einsum', input: ['m'] }])).rejects.toThrow('the graph uses Einsum (q), which is not known here')
  await expect(answerOf([{ name: 'q', op: 'Cast', input: ['m'], attr: { DstT: { type: 7 } } }])).rejects.toThrow(/casts to a type/)
  await expect(answerOf([slice({ ellipsis_mask: 1 })], bounds([0, 0], [1, 1]))).rejects.toThrow(/cuts in a way/)
  await expect(answerOf([{ name: 'q', op: 'Sum', input: ['m', 'x'] }])).rejects.toThrow(/should have a constant as input 1/)
  await expect(answerOf([{ name: 'q', op: 'Relu', input: ['m:4'] }])).rejects.toThrow(/m has no output 4/)
  const wide = { name: 'kernel', shape: [3, 3, 3, 1], values: Array.from({ length: 27 }, () => 1) }
  await expect(answerOf([{ name: 'q', op: 'Conv2D', input: ['m', 'kernel'] }], [wide])).rejects.toThrow(/not a 1 × 1 convolution/)
})
