/** Small TensorFlow.js graph models on disk. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

export type TestNode = { name: string; op: string; input?: string[]; attr?: Record<string, unknown> }
export type TestWeight = { name: string; shape: number[]; values: number[]; dtype?: string }

export const textAttribute = (text: string) => ({ s: [...Buffer.from(text)] })
export const listAttribute = (...values: number[]) => ({ list: { i: values.map(String) } })

/** Writes model.json and the weights, cut into two shards. */
export async function writeGraphModel(folder: string, nodes: readonly TestNode[], weights: readonly TestWeight[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const bytes = Buffer.concat(
    weights.map(({ values, dtype }) => Buffer.from((dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values)).buffer)),
  )
  const middle = Math.floor(bytes.length / 2)
  await writeFile(path.join(folder, 'shard1of2'), bytes.subarray(0, middle))
  await writeFile(path.join(folder, 'shard2of2'), bytes.subarray(middle))
  const constants = weights.map(({ name }) => ({ name, op: 'Const' }))
  const specs = weights.map(({ name, shape, dtype = 'float32' }) => ({ name, shape, dtype }))
  const model = {
    modelTopology: { node: [...constants, ...nodes] },
    weightsManifest: [{ paths: ['shard1of2', 'shard2of2'], weights: specs }],
  }
  await writeFile(path.join(folder, 'model.json'), JSON.stringify(model))
}
