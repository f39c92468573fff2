import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type S3Server, startS3Server } from '@/e2e/s3-server'

const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex')

describe.each(['a folder', 'a bucket'] as const)('blobs in %s', (place) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-storage-'))
  let bucket: S3Server | undefined
  let storage: typeof import('./storage')

  const leftovers = () => readdirSync(path.join(folder, 'tmp'))

  beforeAll(async () => {
    bucket = place === 'a bucket' ? await startS3Server() : undefined
    vi.resetModules()
    for (const [name, value] of Object.entries({ CREMA_DATA: folder, ...bucket?.environment })) vi.stubEnv(name, value)
    storage = await import('./storage')
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await bucket?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('content is stored once under its hash, from memory, a stream and a file', async () => {
    const content = Buffer.from('one and the same')
    const source = path.join(mkdtempSync(path.join(tmpdir(), 'crema-source-')), 'a;b "c".txt')
    writeFileSync(source, content)
    const all = [
      await storage.putBlob(content),
      await storage.putBlob(Readable.from([content.subarray(0, 3), content.subarray(3)])),
      await storage.putBlob({ path: source }),
    ]
    expect(all).toEqual(Array.from({ length: 3 }, () => ({ sha256: sha(content), bytes: content.length })))
    expect(readFileSync(await storage.localBlob(sha(content)))).toEqual(content)
    expect(await storage.readBlob(sha(content))).toEqual(content)
    expect(readFileSync(source)).toEqual(content)
    expect(leftovers()).toEqual([])
    rmSync(path.dirname(source), { recursive: true })
  })

  test('a finished file of ours is moved, also when the content is there already', async () => {
    const file = path.join(folder, 'part')
    for (let round = 0; round < 2; round++) {
      writeFileSync(file, 'moved')
      const { sha256 } = await storage.putBlob({ path: file, isOurs: true })
      expect((await storage.readBlob(sha256)).toString()).toBe('moved')
      expect(readdirSync(folder)).not.toContain('part')
    }
  })

  test('many writers of one content end with one whole blob', async () => {
    const content = Buffer.alloc(200_000, 7)
    const facts = await Promise.all(Array.from({ length: 12 }, () => storage.putBlob(Readable.from([content]))))
    expect(new Set(facts.map((fact) => fact.sha256))).toEqual(new Set([sha(content)]))
    expect(await storage.blobBytes(sha(content))).toBe(content.length)
    expect(await storage.readBlob(sha(content))).toEqual(content)
    expect(leftovers()).toEqual([])
  })

  test('a large file comes back as it was, whole and in parts across the pieces it travels in', async () => {
    const content = Buffer.alloc(35 * 1024 ** 2 + 17)
    for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE(at, at)
    const { sha256, bytes } = await storage.putBlob(content)
    expect([sha256, bytes]).toEqual([sha(content), content.length])
    expect(sha(await storage.readBlob(sha256))).toBe(sha256)
    const start = 7 * 1024 ** 2 - 5
    const part: Buffer[] = []
    for await (const chunk of await storage.openBlob(sha256, { start, end: start + 9 * 1024 ** 2 })) part.push(chunk)
    expect(Buffer.concat(part).equals(content.subarray(start, start + 9 * 1024 ** 2 + 1))).toBe(true)
  })

  test('parts of a blob', async () => {
    const { sha256 } = await storage.putBlob(Buffer.from('0123456789'))
    const chunks: Buffer[] = []
    for await (const chunk of await storage.openBlob(sha256, { start: 2, end: 4 })) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('234')
  })

  test('nothing at all is content too', async () => {
    const { sha256, bytes } = await storage.putBlob(Buffer.alloc(0))
    expect(bytes).toBe(0)
    expect(await storage.hasBlob(sha256)).toBe(true)
    expect(await storage.readBlob(sha256)).toEqual(Buffer.alloc(0))
    expect(readFileSync(await storage.localBlob(sha256))).toEqual(Buffer.alloc(0))
  })

  test('what is no hash or not there is not found, and no name leads out of the storage', async () => {
    for (const name of ['../../etc/passwd', '', 'ABC', `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`]) {
      await expect(storage.localBlob(name)).rejects.toMatchObject({ code: 'not_found' })
      await expect(storage.openBlob(name)).rejects.toMatchObject({ code: 'not_found' })
      await expect(storage.removeBlob(name)).rejects.toMatchObject({ code: 'not_found' })
    }
    const absent = 'a'.repeat(64)
    expect(await storage.hasBlob(absent)).toBe(false)
    await expect(storage.blobBytes(absent)).rejects.toMatchObject({ code: 'not_found' })
    await expect(storage.openBlob(absent)).rejects.toMatchObject({ code: 'not_found' })
    await expect(storage.localBlob(absent)).rejects.toMatchObject({ code: 'missing_file' })
    await storage.removeBlob(absent)
  })

  test('a blob that was taken away is gone, and can be stored again', async () => {
    const content = Buffer.from('comes and goes')
    const { sha256 } = await storage.putBlob(content)
    await storage.removeBlob(sha256)
    expect(await storage.hasBlob(sha256)).toBe(false)
    await expect(storage.localBlob(sha256)).rejects.toMatchObject({ code: 'missing_file' })
    await storage.putBlob(content)
    expect(await storage.readBlob(sha256)).toEqual(content)
  })

  test('a source that is missing or fails half-way leaves nothing behind', async () => {
    mkdirSync(path.join(folder, 'tmp'), { recursive: true })
    await expect(storage.putBlob({ path: path.join(folder, 'none') })).rejects.toMatchObject({ code: 'missing_file' })
    const failing = Readable.from(
      (async function* () {
        yield Buffer.alloc(1000)
        throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      })(),
    )
    await expect(storage.putBlob(failing)).rejects.toMatchObject({ code: 'storage_full' })
    expect(leftovers()).toEqual([])
  })

  test('the storage says that it works', async () => {
    await expect(storage.checkStorage()).resolves.toBeUndefined()
  })
})
