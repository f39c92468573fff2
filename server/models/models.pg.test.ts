/** The routes of models: who may read them, what can be named, and that what is sent is what was named. */
import { createHash } from 'node:crypto'
import { appendFile, copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as file from '@/app/api/models/[sha256]/route'
import * as list from '@/app/api/models/route'
import { modelListSchema } from '@/core/models/model-list'
import { registerModel } from '@/worker/models/register-model'
import { putModel } from '@/worker/models/registered-for-tests'
import { env } from '../env'
import { addMember, headersOf, makeProject, makeUser } from '../people-for-tests'
import type { Viewer } from '../session'

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }))

/** A folder of this test file's own. */
const data = env.dataDir
const embedded = path.join(data, 'models', 'embedded')
const registered = path.join(data, 'models', 'registered')
const WEIGHTS = new TextEncoder().encode('not really weights')
const WORDS = new TextEncoder().encode('["a"]')
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

const HANDLERS = { GET: file.GET, HEAD: file.HEAD }

let viewer: Viewer
beforeAll(async () => {
  viewer = await makeUser('Viewer')
  await addMember((await makeProject('models')).id, viewer, 'viewer')
})
afterAll(() => rm(path.join(data, 'models'), { recursive: true, force: true }))

beforeEach(async () => {
  await rm(path.join(data, 'models'), { recursive: true, force: true })
  await mkdir(embedded, { recursive: true })
  const entry = { name: 'use-lite', version: '1', file: 'use.onnx', sha256: sha256(WEIGHTS), bytes: WEIGHTS.length }
  const vocabulary = { file: 'use.vocab.json', sha256: sha256(WORDS), bytes: WORDS.length }
  const models = [{ ...entry, source: 'somewhere', licence: 'MIT', roles: ['embedder'], vocabulary }]
  await writeFile(path.join(embedded, 'models.json'), JSON.stringify({ format: 'crema.models/v1', models }))
  await writeFile(path.join(embedded, 'use.onnx'), WEIGHTS)
  await writeFile(path.join(embedded, 'use.vocab.json'), WORDS)
  await writeFile(path.join(embedded, 'secret.txt'), 'on no list')
  await registerModel(await putModel(registered, 'test/clip', 'clip'), registered, 'mit')
  await registerModel(await putModel(registered, 'test/owl', 'detector'), registered)
})

const request = (name: string, headers: Headers, method = 'GET') =>
  new Request(`http://127.0.0.1:3000/api/models/${name}`, { headers, method })

async function get(name: string, extra: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET'): Promise<Response> {
  return HANDLERS[method](request(encodeURIComponent(name), await headersOf(viewer, extra), method), {
    params: Promise.resolve({ sha256: name }),
  })
}

async function listed() {
  const answer = await list.GET(request('', await headersOf(viewer)), { params: Promise.resolve({}) })
  expect(answer.status).toBe(200)
  return modelListSchema.parse(await answer.json()).models
}

describe('the list', () => {
  it('names models with licence, kind and size, embedded ones first', async () => {
    const models = await listed()
    expect(models.map(({ name, kind, licence, isEmbedded }) => [name, kind, licence, isEmbedded])).toEqual([
      ['use-lite', 'encoder', 'MIT', true],
      ['test/clip', 'vision', 'mit', false],
      ['test/owl', 'other', null, false],
    ])
    expect(models[0]?.files.map(({ file: name, bytes }) => [name, bytes])).toEqual([
      ['use.onnx', WEIGHTS.length],
      ['use.vocab.json', WORDS.length],
    ])
    expect(models[1]?.files.map(({ file: name }) => name)).toContain('onnx/model.onnx')
  })

  it('is empty where there is nothing, and leaves out what cannot be read', async () => {
    await writeFile(path.join(registered, 'test', 'owl', 'crema-model.json'), '{"format":')
    await mkdir(path.join(registered, 'test', 'copy'))
    await copyFile(path.join(registered, 'test', 'clip', 'crema-model.json'), path.join(registered, 'test', 'copy', 'crema-model.json'))
    expect((await listed()).map(({ name }) => name)).toEqual(['use-lite', 'test/clip'])
    await rm(path.join(data, 'models'), { recursive: true })
    expect(await listed()).toEqual([])
  })

  it('is for people who are signed in', async () => {
    const answer = await list.GET(request('', await headersOf(null)), { params: Promise.resolve({}) })
    expect(answer.status).toBe(401)
  })
})

describe('a file', () => {
  it('is sent whole, to be kept for ever', async () => {
    for (const model of await listed()) {
      for (const part of model.files) {
        const answer = await get(part.sha256)
        expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(part.bytes)])
        expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
        expect(answer.headers.get('content-security-policy')).toContain('sandbox')
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
        expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(part.sha256)
      }
    }
  })

  it('is not sent again to who has it, and described without its bytes', async () => {
    const name = sha256(WEIGHTS)
    const again = await get(name, { 'if-none-match': `"${name}"` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await get(name, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(WEIGHTS.length), ''])
  })

  it('is for people who are signed in', async () => {
    const answer = await file.GET(request(sha256(WEIGHTS), await headersOf(null)), { params: Promise.resolve({ sha256: sha256(WEIGHTS) }) })
    expect(answer.status).toBe(401)
  })

  it.each([
    ['a file on no list', sha256(new TextEncoder().encode('on no list'))],
    ['its name', 'use.onnx'],
    ['a path', '../embedded/use.onnx'],
    ['a path outside', '../../../../../../etc/passwd'],
    ['an absolute path', '/etc/passwd'],
    ['a hash in capitals', sha256(WEIGHTS).toUpperCase()],
    ['a hash with more', `${sha256(WEIGHTS)}\n`],
    ['nothing', ''],
    ['a very long word', 'a'.repeat(100_000)],
  ])('cannot be named by %s', async (_, name) => {
    expect((await get(name)).status).toBe(404)
  })

  it('that has changed is refused, whatever its length, and sent again when it is right again', async () => {
    const target = path.join(embedded, 'use.onnx')
    expect((await get(sha256(WEIGHTS))).status).toBe(200)
    await writeFile(target, 'not really wEights')
    const wrong = await get(sha256(WEIGHTS))
    expect([wrong.status, (await wrong.json()).error]).toEqual([422, expect.objectContaining({ code: 'bad_file' })])
    await appendFile(target, 'more')
    expect((await get(sha256(WEIGHTS))).status).toBe(422)
    await writeFile(target, WEIGHTS)
    expect(await (await get(sha256(WEIGHTS))).text()).toBe('not really weights')
    await rm(target)
    expect((await get(sha256(WEIGHTS))).status).toBe(404)
  })

  it('is not read through a link', async () => {
    const target = path.join(embedded, 'use.onnx')
    await rm(target)
    await writeFile(path.join(data, 'elsewhere'), WEIGHTS)
    await symlink(path.join(data, 'elsewhere'), target)
    expect((await get(sha256(WEIGHTS))).status).toBe(404)
  })

  it('can be left in the middle', async () => {
    const large = new Uint8Array(4 * 1024 * 1024).fill(7)
    await writeFile(path.join(registered, 'test', 'clip', 'large.bin'), large)
    await registerModel(path.join(registered, 'test', 'clip'), registered)
    const reader = (await get(sha256(large))).body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    await reader?.cancel()
    expect((await (await get(sha256(large))).arrayBuffer()).byteLength).toBe(large.length)
    expect(await readFile(path.join(registered, 'test', 'clip', 'large.bin'))).toHaveLength(large.length)
  })
})
