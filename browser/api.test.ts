import { afterEach, describe, expect, it, vi } from 'vitest'
import { getBlob, getJson, getTag } from './api'

const answer = (response: () => Response | Promise<Response>) => vi.stubGlobal('fetch', vi.fn(response))
const refusal = { error: { code: 'not_found', message: 'There is no such still.', details: {} } }
afterEach(() => vi.unstubAllGlobals())

describe('bytes', () => {
  it('come as they are', async () => {
    answer(() => new Response('abc', { headers: { 'content-type': 'image/jpeg' } }))
    const blob = await getBlob('/x')
    expect([blob.type, await blob.text()]).toEqual(['image/jpeg', 'abc'])
  })

  it('are refused in the words of the server', async () => {
    answer(() => Response.json(refusal, { status: 404 }))
    await expect(getBlob('/x')).rejects.toMatchObject({ code: 'not_found', message: refusal.error.message })
    answer(() => new Response('<html>', { status: 502 }))
    await expect(getBlob('/x')).rejects.toMatchObject({ code: 'unavailable', details: { status: 502 } })
  })

  it('that do not come say so, and that were called off say that', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(getBlob('/x')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(getJson('/x')).rejects.toMatchObject({ code: 'unavailable' })
    const reason = new Error('no longer wanted')
    answer(() => Promise.reject(reason))
    await expect(getBlob('/x', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('the name of a content', () => {
  it('is its tag, read without the content', async () => {
    answer(() => new Response(null, { headers: { etag: '"abc"' } }))
    expect(await getTag('/x')).toBe('abc')
    expect(fetch).toHaveBeenCalledWith('/x', expect.objectContaining({ method: 'HEAD' }))
  })

  it('is nothing where there is none, or only a weak one', async () => {
    answer(() => new Response(null))
    expect(await getTag('/x')).toBeNull()
    answer(() => new Response(null, { headers: { etag: 'W/"abc"' } }))
    expect(await getTag('/x')).toBeNull()
    answer(() => new Response(null, { status: 403 }))
    await expect(getTag('/x')).rejects.toMatchObject({ code: 'unavailable', details: { status: 403 } })
  })
})
