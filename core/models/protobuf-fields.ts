/** The outer structure of a protobuf message: where its fields lie, without decoding what is in them. Pure. */
import { AppError } from '../errors'

/**
 * One field. `from` … `end` = all of its bytes, `start` … `end` = what it holds, both as places in the content. `isMessage` = bytes, a
 * text or a message (wire type 2). `value` = of an integer field, 0 of all others.
 */
export type Field = {
  readonly number: number
  readonly isMessage: boolean
  readonly value: number
  readonly from: number
  readonly start: number
  readonly end: number
}

/** The fields of the message that lies from `start` to `end`, in their order. @throws AppError bad_file when it is no whole message */
export function* fieldsOf(content: Uint8Array, start = 0, end = content.length): Generator<Field> {
  for (let at = start; at < end; ) {
    const key = varint(content, at, end)
    const number = Math.floor(key.value / 8)
    const wire = key.value % 8
    if (number === 0) throw brokenOnnx()
    const value = wire === 0 || wire === 2 ? varint(content, key.end, end) : { value: 0, end: key.end }
    const length = wire === 2 ? value.value : wire === 1 ? 8 : wire === 5 ? 4 : wire === 0 ? 0 : Number.NaN
    const fieldEnd = value.end + length
    // Also false for NaN, which stands for a wire type that protobuf 3 does not have.
    if (!(fieldEnd <= end)) throw brokenOnnx()
    yield { number, isMessage: wire === 2, value: wire === 0 ? value.value : 0, from: at, start: value.end, end: fieldEnd }
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
  throw brokenOnnx()
}

/** The head of a field that holds bytes (wire type 2): its number and how many follow. `length` < 2^53. */
export function headOf(number: number, length: number): Uint8Array {
  return Uint8Array.from([...varintBytes(number * 8 + 2), ...varintBytes(length)])
}

function varintBytes(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varintBytes(Math.floor(value / 128))]
}

/** What is thrown for content that ends too early or is no protobuf message of an ONNX model. */
export const brokenOnnx = () => new AppError('bad_file', 'The file is not a whole ONNX model. Fetch or convert it again.')
