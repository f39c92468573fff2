import { expect, test } from 'vitest'
import { AppError } from '@/core/errors'
import { type StorageFetch, type StorageRequest, StorageRequests } from './s3-requests'

const REQUEST: StorageRequest = {
  method: 'GET',
  protocol: 'http:',
  hostname: 's3',
  port: 9000,
  path: '/videos/a',
  headers: { host: 's3:9000', 'content-length': '3', 'x-amz-date': 'now' },
}

async function sentBy(request: Partial<StorageRequest>) {
  let seen: { url: string; init: RequestInit } | undefined
  const send: StorageFetch = async (url, init) => {
    seen = { url, init }
    return new Response('body', { status: 206, headers: { etag: '"x"' } })
  }
  const { response } = await new StorageRequests(send).handle({ ...REQUEST, ...request })
  return { seen, response }
}

test('the request goes out at the address that was signed, without the headers that fetch sets', async () => {
  const { seen, response } = await sentBy({ query: { 'x-id': 'GetObject', uploads: null, 'a b': ["it's", '(2)'] } })
  expect(seen?.url).toBe('http://s3:9000/videos/a?x-id=GetObject&uploads&a%20b=it%27s&a%20b=%282%29')
  expect(seen?.init).toEqual({ method: 'GET', headers: { 'x-amz-date': 'now' }, body: null })
  expect([response.statusCode, response.headers.etag, (await response.body.toArray()).join('')]).toEqual([206, '"x"', 'body'])
})

test('bytes and text are sent as they are; a part of a larger buffer is only that part', async () => {
  const large = Buffer.from('0123456789')
  const { seen } = await sentBy({ method: 'PUT', body: large.subarray(2, 5) })
  expect(Buffer.from((seen?.init.body ?? []) as Uint8Array).toString()).toBe('234')
  expect((await sentBy({ method: 'POST', body: '<a/>' })).seen?.init.body).toBe('<a/>')
  expect((await sentBy({ method: 'POST', body: '' })).seen?.init.body).toBeNull()
  await expect(sentBy({ method: 'PUT', body: { a: 1 } })).rejects.toThrow('bytes or text')
})

test.each([
  ['a line that is dead', new TypeError('fetch failed'), 'TimeoutError'],
  ['time that is up', new AppError('unavailable', 'late'), 'TimeoutError'],
  ['a redirect', new AppError('bad_setting', 'redirect'), 'AppError'],
  ['a flood', new AppError('limit_exceeded', 'too much'), 'AppError'],
])('%s is named so that the client tries again only what can get better', async (_what, thrown, name) => {
  const requests = new StorageRequests(async () => {
    throw thrown
  })
  await expect(requests.handle(REQUEST)).rejects.toMatchObject({ name })
})

test('a line that is cut in mid-body fails the request', async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('terminated'))
    },
  })
  await expect(new StorageRequests(async () => new Response(body)).handle(REQUEST)).rejects.toMatchObject({ name: 'TimeoutError' })
})
