import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageReader } from './message-reader'

const encode = (id: number, payload: Uint8Array) =>
  Buffer.concat([Buffer.from(`${JSON.stringify({ id, text: 'a\nb', bytes: payload.length })}\n`), payload])

test('messages come out whole, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (payloads, cuts) => {
        const stream = Buffer.concat(payloads.map((payload, id) => encode(id, payload)))
        const reader = new MessageReader()
        const found = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const next = at + (cuts[turn % cuts.length] ?? 1)
          found.push(...reader.push(stream.subarray(at, next)))
          at = next
        }
        expect(found.map(({ body, binary }) => [body.id, [...binary]])).toEqual(payloads.map((payload, id) => [id, [...payload]]))
      },
    ),
    { numRuns: 200 },
  )
})

test.each(['nonsense\n', '[1]\n', '{"bytes":-1}\n', '{"bytes":1.5}\n', '{"bytes":99999999999}\n', '{}\n', 'null\n'])(
  'a broken line %j is refused',
  (line) => {
    expect(() => new MessageReader().push(Buffer.from(line))).toThrow()
  },
)
