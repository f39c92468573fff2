import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldConv } from './folded-conv'
import { listAttribute, type TestNode, type TestWeight, textAttribute, writeGraphModel } from './graph-for-tests'
import { constantOf, inputOf, nodeOf, readGraphModel } from './graph-model'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crema-graph-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const SAME = { padding: textAttribute('SAME'), strides: listAttribute(1, 2, 2, 1) }
/** 1 × 1, two channels in, two out: [[1, 2], [3, 4]]. */
const KERNEL: TestWeight = { name: 'kernel', shape: [1, 1, 2, 2], values: [1, 2, 3, 4] }
const CONV: TestNode = { name: 'conv', op: 'Conv2D', input: ['x', 'kernel'], attr: SAME }
const X: TestNode = { name: 'x', op: 'Placeholder' }
const row = (name: string, ...values: number[]): TestWeight => ({ name, shape: [values.length], values })

async function modelOf(nodes: TestNode[], weights: TestWeight[]) {
  await writeGraphModel(folder, [X, ...nodes], weights)
  return readGraphModel(folder)
}

describe('foldConv', () => {
  it('turns a kernel round to [out, in, height, width]', async () => {
    const folded = foldConv(await modelOf([CONV], [KERNEL]), 'conv')
    expect(folded).toMatchObject({ input: 'x', stride: [2, 2], groups: 1, kernel: { shape: [2, 2, 1, 1] } })
    expect([...folded.kernel.values]).toEqual([1, 3, 2, 4])
    expect([...folded.bias]).toEqual([0, 0])
  })

  it('folds bias, scale and another bias in their order: ((conv + a) · m) + b', async () => {
    const nodes = [
      CONV,
      { name: 'first', op: 'BiasAdd', input: ['conv', 'a'] },
      { name: 'scaled', op: 'Mul', input: ['m', 'first'] },
      { name: 'last', op: 'Add', input: ['scaled', 'b'] },
    ]
    const folded = foldConv(await modelOf(nodes, [KERNEL, row('a', 10, 20), row('m', 2, 3), row('b', 1, 1)]), 'last')
    expect([...folded.kernel.values]).toEqual([2, 6, 6, 12])
    expect([...folded.bias]).toEqual([21, 61])
  })

  it('folds a batch normalisation', async () => {
    const norm = { name: 'norm', op: 'FusedBatchNorm', input: ['conv', 'g', 'b', 'm', 'v'], attr: { epsilon: { f: 1 } } }
    const weights = [KERNEL, row('g', 2, 4), row('b', 5, 6), row('m', 1, 2), row('v', 3, 15)]
    const folded = foldConv(await modelOf([CONV, norm], weights), 'norm')
    // Factors 2 / √4 = 1 and 4 / √16 = 1; offsets 5 − 1 and 6 − 2.
    expect([...folded.kernel.values]).toEqual([1, 3, 2, 4])
    expect([...folded.bias]).toEqual([4, 4])
  })

  it('takes a bias that stands behind a sum', async () => {
    const model = await modelOf([CONV], [KERNEL, row('b', 7, 8)])
    expect([...foldConv(model, 'conv', constantOf(model, 'b')).bias]).toEqual([7, 8])
  })

  it('puts each channel of a depthwise kernel into a group of its own', async () => {
    const node = { ...CONV, op: 'DepthwiseConv2dNative' }
    const kernel = { name: 'kernel', shape: [1, 2, 2, 1], values: [1, 2, 3, 4] }
    const folded = foldConv(await modelOf([node], [kernel]), 'conv')
    expect(folded).toMatchObject({ groups: 2, kernel: { shape: [2, 1, 1, 2] } })
    expect([...folded.kernel.values]).toEqual([1, 3, 2, 4])
  })

  it('refuses what it does not know rather than convert it wrongly', async () => {
    const refused = async (nodes: TestNode[], weights: TestWeight[], name: string) => {
      const model = await modelOf(nodes, weights)
      return expect(() => foldConv(model, name))
    }
    ;(await refused([{ ...CONV, attr: { ...SAME, padding: textAttribute('VALID') } }], [KERNEL], 'conv')).toThrow(/padded or dilated/)
    ;(await refused([{ ...CONV, attr: { ...SAME, dilations: listAttribute(1, 2, 2, 1) } }], [KERNEL], 'conv')).toThrow(/padded or dilated/)
    ;(await refused([{ name: 'relu', op: 'Relu', input: ['x'] }], [KERNEL], 'relu')).toThrow(/from a convolution, not from Relu/)
    ;(await refused([{ ...CONV, input: ['x', 'x'] }], [KERNEL], 'conv')).toThrow(/no constant kernel/)
    ;(await refused([CONV, { name: 'sum', op: 'Add', input: ['conv', 'x'] }], [KERNEL], 'sum')).toThrow(/should be a constant/)
    ;(await refused([CONV], [KERNEL], 'nothing')).toThrow(/no node nothing/)
  })
})

describe('readGraphModel', () => {
  it('reads weights across shards, and references with an output', async () => {
    const model = await modelOf([], [row('a', 1, 2, 3), { ...row('n', 4, 5), dtype: 'int32' }])
    expect(model.weights.get('a')?.data).toEqual(Float32Array.from([1, 2, 3]))
    expect(model.weights.get('n')?.data).toEqual(Int32Array.from([4, 5]))
    expect(nodeOf(model, 'x:2')).toMatchObject({ node: { op: 'Placeholder' }, output: 2 })
    expect(() => inputOf(nodeOf(model, 'x').node, 0)).toThrow(/has no input 0/)
  })

  it('refuses weights that are too short, too long, quantised or of another type', async () => {
    await modelOf([CONV], [KERNEL])
    await writeFile(path.join(folder, 'shard2of2'), Buffer.alloc(4))
    await expect(readGraphModel(folder)).rejects.toThrow(/end before kernel does/)
    await writeFile(path.join(folder, 'shard2of2'), Buffer.alloc(40))
    await expect(readGraphModel(folder)).rejects.toThrow(/longer than the model says/)
    const file = path.join(folder, 'model.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"dtype":"float32"', '"dtype":"float32","quantization":{"dtype":"uint8"}'))
    await expect(readGraphModel(folder)).rejects.toThrow(/quantization/)
    await writeFile(file, text.replace('float32', 'string'))
    await expect(readGraphModel(folder)).rejects.toThrow(/dtype/)
    await writeFile(file, text.replace('shard2of2', '../shard2of2'))
    await expect(readGraphModel(folder)).rejects.toThrow(/paths/)
  })
})
