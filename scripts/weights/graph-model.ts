/**
 * Reads a TensorFlow.js graph model: model.json with the nodes, and the weights cut into shards beside it. Only what the two
 * embedded models use is accepted (float32 and int32, not quantised); anything else is refused rather than misread.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const integer = z.union([z.number(), z.string()]).transform(Number).pipe(z.int())
const attributeSchema = z.object({
  i: integer.optional(),
  f: z.number().optional(),
  b: z.boolean().optional(),
  /** Characters as numbers. */
  s: z.array(z.number()).optional(),
  /** Number of a TensorFlow data type. */
  type: z.number().optional(),
  list: z.object({ i: z.array(integer).optional() }).optional(),
})
const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
})
export type GraphNode = z.infer<typeof nodeSchema>

const modelSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string().regex(/^[\w-]+$/)),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.int().min(0)),
          dtype: z.enum(['float32', 'int32']),
          quantization: z.undefined().optional(),
        }),
      ),
    }),
  ),
})

/** Values in row-major order. */
export type Weight = {
  readonly dtype: 'float32' | 'int32'
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}
export type GraphModel = { readonly nodes: ReadonlyMap<string, GraphNode>; readonly weights: ReadonlyMap<string, Weight> }

export async function readGraphModel(folder: string): Promise<GraphModel> {
  const { modelTopology, weightsManifest } = modelSchema.parse(JSON.parse(await readFile(path.join(folder, 'model.json'), 'utf8')))
  const weights = new Map<string, Weight>()
  for (const group of weightsManifest) {
    const bytes = Buffer.concat(await Promise.all(group.paths.map((name) => readFile(path.join(folder, name)))))
    let offset = 0
    for (const { name, shape, dtype } of group.weights) {
      const length = shape.reduce((product, side) => product * side, 1) * 4
      if (offset + length > bytes.length) throw new Error(`the weights end before ${name} does`)
      // A copy, because a typed array has to begin at a multiple of four.
      const own = Uint8Array.from(bytes.subarray(offset, offset + length)).buffer
      weights.set(name, { dtype, shape, data: dtype === 'float32' ? new Float32Array(own) : new Int32Array(own) })
      offset += length
    }
    if (offset !== bytes.length) throw new Error('the weights are longer than the model says')
  }
  return { nodes: new Map(modelTopology.node.map((node) => [node.name, node])), weights }
}

/** The node behind a reference such as `name:1`, and which of its outputs is meant. */
export function nodeOf(model: GraphModel, reference: string): { readonly node: GraphNode; readonly output: number } {
  const [name = '', output = '0'] = reference.split(':')
  const node = model.nodes.get(name)
  if (node === undefined) throw new Error(`the graph has no node ${reference}`)
  return { node, output: Number(output) }
}

/** The weight a reference stands for; undefined when it is computed. */
export function constantOf(model: GraphModel, reference: string): Weight | undefined {
  return nodeOf(model, reference).node.op === 'Const' ? model.weights.get(reference) : undefined
}

/** Input number `position` of a node. */
export function inputOf(node: GraphNode, position: number): string {
  const reference = node.input[position]
  if (reference === undefined) throw new Error(`${node.op} ${node.name} has no input ${position}`)
  return reference
}

/** A text attribute, such as the padding of a convolution. */
export const textOf = (node: GraphNode, name: string) => String.fromCharCode(...(node.attr[name]?.s ?? []))
