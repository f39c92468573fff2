import { expect, test } from 'vitest'
import { readJsonBody } from './read-json-body'

const post = (body: BodyInit | null) => {
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit
  return new Request('http://127.0.0.1/', init)
}

test('JSON comes whole, also with letters of several bytes', async () => {
  expect(await readJsonBody(post('{"a":"ü日"}'), 100)).toEqual({ a: 'ü日' })
})

test.each([['{'], [''], [null]])('%j is refused in words', async (body) => {
  await expect(readJsonBody(post(body), 100)).rejects.toMatchObject({ code: 'invalid_input', message: 'The request holds no JSON.' })
})

test('an endless body is left after the limit', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(1000).fill(32))
    },
  })
  await expect(readJsonBody(post(endless), 5000)).rejects.toMatchObject({ code: 'limit_exceeded' })
  expect(sent).toBeLessThan(20)
})
