/** Small ONNX files for tests, made with the builder of the converter. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import onnxProto from 'onnx-proto'
import { OnnxGraph, type Port } from '../../scripts/weights/onnx-graph'
import type { ModelFile } from './read-verified'

const { onnx } = onnxProto

/** y = x + 1 for any number of numbers. */
export function addOneModel(): Uint8Array {
  const graph = new OnnxGraph()
  graph.add('Add', ['x', graph.floats('one', [1], [1])], {}, 'y')
  return graph.encode('add_one', [{ name: 'x', element: 'float', shape: ['n'] }], [{ name: 'y', element: 'float', shape: ['n'] }])
}

/** The same, and beside it z = −other. */
export function twoEndsModel(): Uint8Array {
  const port = (name: string): Port => ({ name, element: 'float', shape: ['n'] })
  const graph = new OnnxGraph()
  graph.add('Add', ['x', graph.floats('one', [1], [1])], {}, 'y')
  graph.add('Neg', ['other'], {}, 'z')
  return graph.encode('two_ends', [port('x'), port('other')], [port('y'), port('z')])
}

/** y = x + 1 again, but it says that its constant lies in another file. */
export function externalDataModel(): Uint8Array {
  const model = onnx.ModelProto.decode(addOneModel())
  const constant = model.graph?.initializer?.[0]
  if (constant === undefined || constant === null) throw new Error('the model has no constant')
  constant.rawData = new Uint8Array()
  constant.dataLocation = onnx.TensorProto.DataLocation.EXTERNAL
  constant.externalData = [{ key: 'location', value: '../../../etc/passwd' }]
  return onnx.ModelProto.encode(model).finish()
}

/** The external constant hidden in a node's attribute instead of the list of constants. */
export function hiddenExternalDataModel(): Uint8Array {
  const outside = { name: 'v', dims: [1], dataType: 1, dataLocation: onnx.TensorProto.DataLocation.EXTERNAL }
  const node = {
    opType: 'Constant',
    output: ['y'],
    attribute: [{ name: 'value', type: onnx.AttributeProto.AttributeType.TENSOR, t: outside }],
  }
  return onnx.ModelProto.encode(onnx.ModelProto.create({ irVersion: 8, graph: { name: 'g', node: [node] } })).finish()
}

/** Writes it and says what it is. */
export async function modelFile(folder: string, name: string, content: Uint8Array): Promise<ModelFile> {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return { path: file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), remedy: 'Fetch it again.' }
}
