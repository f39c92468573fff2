import { appendFile, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listRegisteredModels } from '@/server/models/registered-models'
import { frameNo } from './models-for-tests'
import { registerModel } from './register-model'
import { registeredDetector } from './registered-detector'
import { registeredDualEncoder } from './registered-dual-encoder'
import { registeredEmbedder } from './registered-embedder'
import { emptyModelsFolder, putModel } from './registered-for-tests'
import { registeredVerifier } from './registered-verifier'
import type { FramePicture } from './roles'

let root = ''
beforeAll(async () => {
  root = await emptyModelsFolder()
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** The left half red, the right half blue. */
function halves(width = 64, height = 32): FramePicture {
  const rgb = Buffer.alloc(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) rgb[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 250
  return { frame: { index: frameNo(0), pts: 0, timeSec: 0 }, width, height, rgb, jpeg: async () => Buffer.alloc(0) }
}

describe('a registered model', () => {
  test('embeds texts at unit length', async () => {
    await registerModel(await putModel(root, 'test/embedder', 'embedder'), root)
    const embedder = await registeredEmbedder('test/embedder', root)
    expect(embedder.dimensions).toBe(3)
    expect(embedder.identity).toMatchObject({
      kind: 'model',
      provider: 'onnx',
      model: 'test/embedder',
      version: expect.stringMatching(/^fp32 [0-9a-f]{12}$/),
    })
    const vectors = await embedder.embed(['red', 'green', 'red dog', ...Array.from({ length: 20 }, () => 'blue')])
    expect(vectors).toHaveLength(23)
    expect([...(vectors[0] ?? [])]).toEqual([1, 0, 0])
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
    expect(await embedder.embed([])).toEqual([])
  })

  test('finds boxes in pixels, inside the picture, above the threshold', async () => {
    await registerModel(await putModel(root, 'test/owl', 'detector'), root)
    const detector = await registeredDetector('test/owl', root)
    const [dog, cat] = await detector.detect(halves(200, 100), ['Dog', 'blue cat'], { box: 0.5, text: 0.25 })
    expect(dog?.reason).toBeNull()
    expect(dog?.boxes).toEqual([{ rect: { x: 80, y: 30, w: 40, h: 40 }, score: expect.closeTo(0.88, 2), label: 'Dog' }])
    expect(cat?.boxes).toHaveLength(1)
    const [all] = await detector.detect(halves(200, 100), ['dog'], { box: 0.1, text: 0.25 })
    expect(all?.boxes.map((box) => box.rect)).toEqual([
      { x: 80, y: 30, w: 40, h: 40 },
      { x: 160, y: 70, w: 40, h: 30 },
    ])
    expect(await detector.detect(halves(), [], { box: 0.1, text: 0.1 })).toEqual([])
  })

  test('says how well a crop shows a phrase, and its place among the phrases', async () => {
    await registerModel(await putModel(root, 'test/clip', 'clip'), root)
    const verifier = await registeredVerifier('test/clip', root)
    const left = { x: 2, y: 2, w: 20, h: 20 }
    const right = { x: 40, y: 2, w: 20, h: 20 }
    const checks = await verifier.verify(
      halves(),
      [
        { rect: left, phrase: 'red' },
        { rect: right, phrase: 'red' },
        { rect: right, phrase: 'blue' },
        { rect: { x: 1000, y: 1000, w: 5, h: 5 }, phrase: 'green' },
      ],
      ['red', 'blue'],
    )
    expect(checks.map((check) => check.rank)).toEqual([1, 2, 1, expect.any(Number)])
    expect(checks[0]?.agreement).toBeGreaterThan(0.9)
    expect(checks[1]?.agreement).toBeLessThan(0.2)
    expect(checks[0]?.note).toMatch(/^test\/clip: cosine 1\.000, place 1 of 2$/)
  })

  test('is on the list', async () => {
    expect((await listRegisteredModels(root)).map((model) => model.name)).toEqual(['test/clip', 'test/embedder', 'test/owl'])
  })
})

describe('what is refused', () => {
  const refused = (run: Promise<unknown>, code: string, message: RegExp) =>
    expect(run).rejects.toMatchObject({ code, message: expect.stringMatching(message) })

  test('a model that nobody registered, or whose name leads elsewhere', async () => {
    await putModel(root, 'test/unlisted', 'embedder')
    await refused(registeredEmbedder('test/unlisted', root), 'missing_file', /not registered on this worker.*crema models add/)
    await refused(registeredEmbedder('nobody/knows', root), 'missing_file', /not registered/)
    for (const name of ['../embedder', 'test/..', '/etc', 'a/b/c', '', 'test\\x', 'https://x/y']) {
      await refused(registeredEmbedder(name, root), 'invalid_input', /no name of a model/)
    }
  })

  test.each<[string, (folder: string) => Promise<unknown>]>([
    ['weights cut short', (folder) => truncate(path.join(folder, 'onnx/model.onnx'), 40)],
    ['weights with more behind them', (folder) => appendFile(path.join(folder, 'onnx/model.onnx'), 'x')],
    ['another tokenizer', (folder) => writeFile(path.join(folder, 'tokenizer.json'), '{}')],
    ['no configuration', (folder) => rm(path.join(folder, 'config.json'))],
  ])('a model that changed since: %s', async (what, change) => {
    const name = `test/changed-${what.length}`
    const folder = await putModel(root, name, 'embedder')
    await registerModel(folder, root)
    await change(folder)
    await refused(registeredEmbedder(name, root), 'bad_file', /not the one that was registered/)
  })

  test('a model that changes while it is open, at its next use, until it is as it was', async () => {
    const folder = await putModel(root, 'test/open', 'embedder')
    await registerModel(folder, root)
    const tokenizer = path.join(folder, 'tokenizer.json')
    const content = await readFile(tokenizer, 'utf8')
    await registeredEmbedder('test/open', root)
    // Of the same length: only a look at the bytes tells.
    await writeFile(tokenizer, content.replace('red', 'rad'))
    await refused(registeredEmbedder('test/open', root), 'bad_file', /tokenizer\.json.*not the one that was registered/)
    await writeFile(tokenizer, content)
    await expect(registeredEmbedder('test/open', root)).resolves.toMatchObject({ dimensions: 3 })
    await rm(path.join(folder, 'crema-model.json'))
    await refused(registeredEmbedder('test/open', root), 'missing_file', /not registered/)
  })

  test('nothing of a model that was changed and registered again while it was open', async () => {
    const folder = await putModel(root, 'test/again', 'clip')
    const first = await registerModel(folder, root)
    const { identity } = await registeredDualEncoder('test/again', root)
    await appendFile(path.join(folder, 'onnx/model.onnx'), Uint8Array.of(0x28, 0x01))
    await refused(registeredDualEncoder('test/again', root), 'bad_file', /model\.onnx/)
    const second = await registerModel(folder, root)
    expect(second.files).not.toEqual(first.files)
    expect((await registeredDualEncoder('test/again', root)).identity.version).not.toBe(identity.version)
  })

  test('a folder elsewhere, a link, no weights, weights that are none', async () => {
    const elsewhere = await emptyModelsFolder()
    await refused(registerModel(await putModel(elsewhere, 'a/b', 'embedder'), root), 'path_outside', /must lie in/)
    await refused(registerModel(root, root), 'path_outside', /must lie in/)
    await refused(registerModel(path.join(root, 'not', 'there'), root), 'missing_file', /no folder/)

    const linked = await putModel(root, 'test/linked', 'embedder')
    await symlink('/etc/passwd', path.join(linked, 'vocab.txt'))
    await refused(registerModel(linked, root), 'path_outside', /vocab\.txt is a link/)

    const bare = path.join(root, 'test', 'bare')
    await mkdir(bare, { recursive: true })
    await writeFile(path.join(bare, 'config.json'), '{}')
    await refused(registerModel(bare, root), 'missing_file', /no onnx\/model\.onnx/)

    const lying = await putModel(root, 'test/lying', 'embedder')
    await writeFile(path.join(lying, 'onnx/model.onnx'), 'this is no model')
    await refused(registerModel(lying, root), 'bad_file', /ONNX/)
    await rm(elsewhere, { recursive: true, force: true })
  })

  test('a model of another kind than its role needs', async () => {
    await registerModel(await putModel(root, 'test/wrong', 'embedder'), root)
    await refused(registeredDetector('test/wrong', root), 'bad_file', /cannot be used for finding boxes/)
  })
})
