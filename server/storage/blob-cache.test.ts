import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { AppError } from '@/core/errors'

const home = mkdtempSync(path.join(tmpdir(), 'crema-cache-'))
vi.stubEnv('CREMA_DATA', home)
const { BlobCache } = await import('./blob-cache')
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const leftovers = () => readdirSync(path.join(home, 'tmp'))
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

function openCache(maxBytes: number, contents: Buffer[], download?: (content: Buffer) => AsyncIterable<Buffer>) {
  const folder = mkdtempSync(path.join(home, 'cache-'))
  const known = new Map(contents.map((content) => [sha(content), content]))
  const asked: string[] = []
  const cache = new BlobCache(folder, maxBytes, async function* (sha256) {
    asked.push(sha256)
    const content = known.get(sha256) ?? Buffer.from('none')
    if (download !== undefined) yield* download(content)
    else yield content
  })
  return { cache, folder, asked }
}

/** Files used so many minutes ago: the order of use must not hang on the clock's steps. */
function age(file: string, minutes: number): void {
  const when = new Date(Date.now() - minutes * 60_000)
  utimesSync(file, when, when)
}

test('the first caller fetches, all others wait for the same file and later ones find it', async () => {
  const content = Buffer.from('wanted by many')
  const { cache, asked } = openCache(1 << 20, [content])
  const files = await Promise.all(Array.from({ length: 20 }, () => cache.fileOf(sha(content))))
  expect(new Set(files).size).toBe(1)
  expect(readFileSync(files[0] ?? '')).toEqual(content)
  expect(await cache.find(sha(content))).toBe(files[0])
  await cache.fileOf(sha(content))
  expect(asked).toHaveLength(1)
  expect(leftovers()).toEqual([])
})

test('the least recently used go when the cap is passed, never the one just asked for', async () => {
  const contents = Array.from({ length: 5 }, (_, i) => Buffer.alloc(1000, i))
  const { cache, folder } = openCache(4000, contents)
  for (const [i, content] of contents.slice(0, 3).entries()) age(await cache.fileOf(sha(content)), 60 - i)
  // The oldest is used again, so the second and the third are the next to go.
  await cache.fileOf(sha(contents[0] ?? Buffer.alloc(0)))
  for (const content of contents.slice(3)) await cache.fileOf(sha(content))
  const left = new Set(filesIn(folder))
  expect(left.size).toBeLessThanOrEqual(4)
  expect(left.has(sha(contents[0] ?? Buffer.alloc(0)))).toBe(true)
  expect(left.has(sha(contents[1] ?? Buffer.alloc(0)))).toBe(false)
  expect(left.has(sha(contents[4] ?? Buffer.alloc(0)))).toBe(true)
})

test('a file larger than the whole cap is kept for who asked, and everything else makes room', async () => {
  const small = Buffer.alloc(100, 1)
  const large = Buffer.alloc(10_000, 2)
  const { cache, folder } = openCache(4000, [small, large])
  await cache.fileOf(sha(small))
  expect(existsSync(await cache.fileOf(sha(large)))).toBe(true)
  expect(filesIn(folder)).toEqual([sha(large)])
})

test('a cap that was lowered counts from the first file on', async () => {
  const old = Buffer.alloc(5000, 1)
  const fresh = Buffer.alloc(10, 2)
  const first = openCache(1 << 20, [old])
  age(await first.cache.fileOf(sha(old)), 60)
  const second = new BlobCache(first.folder, 1000, async function* () {
    yield fresh
  })
  await second.fileOf(sha(fresh))
  expect(filesIn(first.folder)).toEqual([sha(fresh)])
})

test('wrong bytes are asked for once more, then refused, and never kept', async () => {
  const content = Buffer.from('the right bytes')
  const wrong = openCache(1 << 20, [content], async function* () {
    yield Buffer.from('the wrong bytes')
  })
  await expect(wrong.cache.fileOf(sha(content))).rejects.toMatchObject({ code: 'unavailable', details: { sha256: sha(content) } })
  expect(wrong.asked).toHaveLength(2)
  expect([filesIn(wrong.folder), leftovers()]).toEqual([[], []])
  let tries = 0
  const better = openCache(1 << 20, [content], async function* (right) {
    yield ++tries === 1 ? Buffer.from('the wrong bytes') : right
  })
  expect(readFileSync(await better.cache.fileOf(sha(content)))).toEqual(content)
})

test('a download that breaks off leaves nothing, and the next one starts afresh', async () => {
  const content = Buffer.alloc(5000, 3)
  let isBroken = true
  const { cache, folder } = openCache(1 << 20, [content], async function* (right) {
    yield right.subarray(0, 2000)
    if (isBroken) throw new AppError('unavailable', 'cut')
    yield right.subarray(2000)
  })
  await expect(cache.fileOf(sha(content))).rejects.toMatchObject({ code: 'unavailable' })
  expect([filesIn(folder), leftovers()]).toEqual([[], []])
  isBroken = false
  expect(readFileSync(await cache.fileOf(sha(content)))).toEqual(content)
})

test('a disk that is full is said in words', async () => {
  const content = Buffer.from('x')
  // biome-ignore lint/correctness/useYield: it fails before the first byte
  const { cache } = openCache(1 << 20, [content], async function* () {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  })
  await expect(cache.fileOf(sha(content))).rejects.toMatchObject({ code: 'storage_full' })
  expect(leftovers()).toEqual([])
})

test('a removed copy is fetched again; strangers in the folder do no harm', async () => {
  const content = Buffer.from('again')
  const { cache, folder, asked } = openCache(1 << 20, [content])
  await cache.fileOf(sha(content))
  await cache.remove(sha(content))
  expect(await cache.find(sha(content))).toBeNull()
  writeFileSync(path.join(folder, 'notes.txt'), 'x')
  await cache.fileOf(sha(content))
  expect(asked).toHaveLength(2)
})
