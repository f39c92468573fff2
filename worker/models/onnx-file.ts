/**
 * Looks through the outer structure of an ONNX file (protobuf) without decoding its tensors: whether it is one at all, and
 * whether a tensor names another file to read from ("external data"), which could lie anywhere on this machine.
 */
import { AppError } from '@/core/errors'

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
    if (depth > MAX_DEPTH) throw broken()
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
  if (!hasGraph) throw broken()
}

type Field = { readonly number: number; readonly isMessage: boolean; readonly value: number; readonly start: number; readonly end: number }

/** The fields of one message, in their order. */
function* fieldsOf(content: Uint8Array, start: number, end: number): Generator<Field> {
  for (let at = start; at < end; ) {
    const key = varint(content, at, end)
    const number = Math.floor(key.value / 8)
    const wire = key.value % 8
    if (number === 0) throw broken()
    const value = wire === 0 || wire === 2 ? varint(content, key.end, end) : { value: 0, end: key.end }
    const length = wire === 2 ? value.value : wire === 1 ? 8 : wire === 5 ? 4 : wire === 0 ? 0 : Number.NaN
    const fieldEnd = value.end + length
    // Also false for NaN, which stands for a wire type that protobuf 3 does not have.
    if (!(fieldEnd <= end)) throw broken()
    yield { number, isMessage: wire === 2, value: wire === 0 ? value.value : 0, start: value.end, end: fieldEnd }
    at = fieldEnd
  }
}

/** Large numbers lose their last digits, which does not matter here: they only make a length that is too long. */
function varint(content: Uint8Array, start: number, end: number): { value: number; end: number } {
  let value = 0
  for (let at = start; at < Math.min(end, start + 10); at += 1) {
    const byte = content[at] ?? 0
    value += (byte & 0x7f) * 128 ** (at - start)
    if (byte < 0x80) return { value, end: at + 1 }
  }
  throw broken()
}

const broken = () => new AppError('bad_file', 'The file is not a whole ONNX model. Fetch or convert it again.')
