import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test, vi } from 'vitest'

const folder = vi.hoisted(() => {
  const place = `${process.env.TMPDIR ?? '/tmp'}/crema-storage-${process.pid}`
  process.env.CREMA_DATA = place
  return place
})
const { blobBytes, blobPath, hasBlob, openBlob, putBlob, readBlob, removeBlob } = await import('./storage')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const leftovers = () => readdirSync(path.join(folder, 'tmp'))

test('content is stored once under its hash, from memory, a stream and a file', async () => {
  const content = Buffer.from('one and the same')
  const source = path.join(mkdtempSync(path.join(folder, '..', 'crema-source-')), 'a;b "c".txt')
  writeFileSync(source, content)
  const all = [
    await putBlob(content),
    await putBlob(Readable.from([content.subarray(0, 3), content.subarray(3)])),
    await putBlob({ path: source }),
  ]
  expect(all).toEqual(Array.from({ length: 3 }, () => ({ sha256: sha(content), bytes: content.length })))
  expect(readFileSync(blobPath(sha(content)))).toEqual(content)
  expect(readFileSync(source)).toEqual(content)
  expect(leftovers()).toEqual([])
  rmSync(path.dirname(source), { recursive: true })
})

test('a finished file of ours is moved', async () => {
  const file = path.join(folder, 'tmp', 'part')
  writeFileSync(file, 'moved')
  const { sha256 } = await putBlob({ path: file, isOurs: true })
  expect((await readBlob(sha256)).toString()).toBe('moved')
  expect(leftovers()).toEqual([])
})

test('many writers of one content end with one whole blob', async () => {
  const content = Buffer.alloc(200_000, 7)
  const facts = await Promise.all(Array.from({ length: 12 }, () => putBlob(Readable.from([content]))))
  expect(new Set(facts.map((fact) => fact.sha256))).toEqual(new Set([sha(content)]))
  expect(await blobBytes(sha(content))).toBe(content.length)
  expect(leftovers()).toEqual([])
})

test('parts of a blob', async () => {
  const { sha256 } = await putBlob(Buffer.from('0123456789'))
  const chunks: Buffer[] = []
  for await (const chunk of await openBlob(sha256, { start: 2, end: 4 })) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe('234')
})

test('what is no hash or not there is not found, and no name leads out of the folder', async () => {
  for (const name of ['../../etc/passwd', '', 'ABC', `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`]) {
    expect(() => blobPath(name)).toThrowError(expect.objectContaining({ code: 'not_found' }))
  }
  const absent = 'a'.repeat(64)
  expect(await hasBlob(absent)).toBe(false)
  await expect(blobBytes(absent)).rejects.toMatchObject({ code: 'not_found' })
  await expect(openBlob(absent)).rejects.toMatchObject({ code: 'not_found' })
  await removeBlob(absent)
})

test('a source that is missing or fails half-way leaves nothing behind', async () => {
  await expect(putBlob({ path: path.join(folder, 'none') })).rejects.toMatchObject({ code: 'missing_file' })
  const failing = Readable.from(
    (async function* () {
      yield Buffer.alloc(1000)
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    })(),
  )
  await expect(putBlob(failing)).rejects.toMatchObject({ code: 'storage_full' })
  expect(leftovers()).toEqual([])
})
