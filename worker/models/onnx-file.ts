/**
 * Looks through the outer structure of an ONNX file (protobuf) without decoding its tensors: whether it is one at all, and
 * whether a tensor names another file to read from ("external data"), which could lie anywhere on this machine.
 */
import { AppError } from '@/core/errors'
import { brokenOnnx, fieldsOf } from '@/core/models/protobuf-fields'

/** Messages that lead to tensors, and by which of their fields (onnx.proto of IR version 8 and later). */
const LEADS_TO = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
} as const satisfies Record<string, Record<number, string>>
type Message = keyof typeof LEADS_TO

const TENSOR_EXTERNAL_DATA = 13
const TENSOR_DATA_LOCATION = 14
const MODEL_GRAPH = 7
const MAX_DEPTH = 24

/** @throws AppError bad_file when the file is no ONNX model, is cut short, or keeps weights outside of itself */
export function assertSelfContained(content: Uint8Array): void {
  let hasGraph = false
  const look = (message: Message, start: number, end: number, depth: number): void => {
    if (depth > MAX_DEPTH) throw brokenOnnx()
    for (const field of fieldsOf(content, start, end)) {
      if (message === 'model' && field.number === MODEL_GRAPH) hasGraph = true
      const isExternal = field.number === TENSOR_EXTERNAL_DATA || (field.number === TENSOR_DATA_LOCATION && field.value !== 0)
      if (message === 'tensor' && isExternal) {
        throw new AppError('bad_file', 'The model keeps weights in other files. Save it as a single ONNX file.')
      }
      const leadsTo: Readonly<Record<number, Message>> = LEADS_TO[message]
      const next = leadsTo[field.number]
      if (next !== undefined && field.isMessage) look(next, field.start, field.end, depth + 1)
    }
  }
  look('model', 0, content.length, 0)
  if (!hasGraph) throw brokenOnnx()
}
