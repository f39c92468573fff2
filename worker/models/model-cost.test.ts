/** The costs that a selector report counts with, counted again in the graphs themselves. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import onnxProto from 'onnx-proto'
import * as ort from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { piecesFeed } from '@/core/models/encoder-io'
import { DETECTOR_MACS, encoderMacs } from '@/core/selection/report-cost'
import { weightsForTests } from './weights-for-tests'

const { onnx } = onnxProto
const weights = await weightsForTests()

const HEAVY = ['Conv', 'Gemm', 'MatMul', 'ConvTranspose', 'Einsum']
const product = (dims: readonly number[]) => dims.reduce((all, dim) => all * dim, 1)

/** Output numbers × numbers that each is made of, over all convolutions and matrix products; sizes as the run shows them. */
async function macsOf(file: string, feeds: ort.InferenceSession.FeedsType): Promise<number> {
  const model = onnx.ModelProto.decode(await readFile(file))
  const graph = model.graph ?? {}
  const nodes = graph.node ?? []
  const fixed = new Map((graph.initializer ?? []).map((one) => [one.name ?? '', (one.dims ?? []).map(Number)]))
  const heavy = nodes.filter(({ opType }) => HEAVY.includes(opType ?? ''))
  expect(heavy.every(({ opType }) => opType === 'Conv' || opType === 'MatMul')).toBe(true)
  const known = new Set([...(graph.input ?? []), ...(graph.output ?? [])].map(({ name }) => name ?? ''))
  const wanted = heavy.flatMap(({ input, output }) => [...(input ?? []), ...(output ?? [])])
  for (const name of new Set(wanted)) {
    if (!fixed.has(name) && !known.has(name)) graph.output?.push(onnx.ValueInfoProto.create({ name }))
  }
  const session = await ort.InferenceSession.create(onnx.ModelProto.encode(model).finish(), { graphOptimizationLevel: 'disabled' })
  const results = await session.run(feeds)
  const dimsOf = (name: string | undefined): readonly number[] => {
    const dims = fixed.get(name ?? '') ?? (results[name ?? ''] ?? feeds[name ?? ''])?.dims
    if (dims === undefined) throw new Error(`nobody knows the size of ${name}`)
    return dims
  }
  const macs = heavy.map(({ opType, input, output }) => {
    const each = opType === 'Conv' ? product(dimsOf(input?.[1]).slice(1)) : (dimsOf(input?.[0]).at(-1) ?? 0)
    return product(dimsOf(output?.[0])) * each
  })
  return macs.reduce((sum, each) => sum + each, 0)
}

it.skipIf(weights === null)('the detector', async () => {
  const image = new ort.Tensor('float32', new Float32Array(3 * 300 * 300), [1, 3, 300, 300])
  expect(await macsOf(path.join(weights ?? '', 'ssd-coco.onnx'), { image })).toBe(DETECTOR_MACS)
})

it.skipIf(weights === null).each([1, 9, 33])('the sentence encoder with %i pieces', async (pieces) => {
  const inputs = piecesFeed([Array.from({ length: pieces }, (_, at) => 100 + at)])
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, { data, dims }]) => [name, tensorOf(data, dims)]))
  expect(await macsOf(path.join(weights ?? '', 'use-lite.onnx'), feeds)).toBe(encoderMacs(pieces))
})

function tensorOf(data: unknown, dims: readonly number[]): ort.Tensor {
  if (!(data instanceof BigInt64Array)) throw new Error('pieces are whole numbers of 64 bits')
  return new ort.Tensor('int64', data, dims)
}
