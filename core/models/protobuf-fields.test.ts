import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Field, fieldsOf, headOf } from './protobuf-fields'

const bytes = (...values: readonly number[]) => Uint8Array.from(values)
const shape = ({ number, isMessage, value, from, start, end }: Field) => [number, isMessage, value, from, start, end]

describe('the fields of a message', () => {
  it('are told by number, kind and place', () => {
    // 1: the integer 300; 2: three bytes; 3: a double; 4: a float.
    const message = bytes(0x08, 0xac, 0x02, 0x12, 3, 7, 8, 9, 0x19, 0, 0, 0, 0, 0, 0, 0, 0, 0x25, 0, 0, 0, 0)
    expect([...fieldsOf(message)].map(shape)).toEqual([
      [1, false, 300, 0, 3, 3],
      [2, true, 0, 3, 5, 8],
      [3, false, 0, 8, 9, 17],
      [4, false, 0, 17, 18, 22],
    ])
  })

  it('are read in a part of the content too', () => {
    const message = bytes(0xff, 0x0a, 2, 0x08, 5, 0xff)
    const [outer] = [...fieldsOf(message, 1, 5)]
    expect(outer && shape(outer)).toEqual([1, true, 0, 1, 3, 5])
    expect([...fieldsOf(message, 3, 5)].map(shape)).toEqual([[1, false, 5, 3, 5, 5]])
  })

  it('are none of nothing', () => {
    expect([...fieldsOf(bytes())]).toEqual([])
  })

  it.each([
    ['a field that is longer than the message', bytes(0x0a, 5, 1)],
    ['a number that does not end', bytes(0x08, 0x80, 0x80)],
    ['a number of more than ten bytes', Uint8Array.from({ length: 20 }, () => 0x80)],
    ['a field without a number', bytes(0x02, 0)],
    ['a group, which protobuf 3 does not have', bytes(0x0b)],
    ['a double cut short', bytes(0x09, 1, 2)],
  ])('are refused: %s', (_, message) => {
    expect(() => [...fieldsOf(message)]).toThrow(expect.objectContaining({ code: 'bad_file' }))
  })
})

describe('the head of a field', () => {
  it('is what is read again, whatever number and length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(40_000), (number, length) => {
        const head = headOf(number, length)
        const message = new Uint8Array(head.length + length)
        message.set(head)
        expect([...fieldsOf(message)].map(shape)).toEqual([[number, true, 0, 0, head.length, head.length + length]])
      }),
      { numRuns: 50 },
    )
  })

  it('holds for lengths beyond 2 GiB, where shifting bits would not', () => {
    expect([...headOf(7, 2 ** 32 + 1)]).toEqual([0x3a, 0x81, 0x80, 0x80, 0x80, 0x10])
  })
})
