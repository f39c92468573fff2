import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { frameIndexSchema } from '@/core/ids'
import { cosine } from '@/core/pipeline/vectors'
import { registerModel } from '@/worker/models/register-model'
import { emptyModelsFolder } from '@/worker/models/registered-for-tests'
import { registeredVerifier } from '@/worker/models/registered-verifier'
import { type BrowserVision, type DualEncoderFiles, openDualEncoder, type VisionPicture } from './dual-encoder'
import { sessionForTests } from './session-for-tests'

const KINDS = [
  ['test/clip', { modelType: 'clip', resample: 3 }],
  ['test/siglip', { modelType: 'siglip', resample: 2 }],
] as const

let root = ''
beforeAll(async () => {
  root = await emptyModelsFolder()
  for (const [name, kind] of KINDS) {
    await writeDualEncoder(path.join(root, name), SMALL, kind)
    await registerModel(path.join(root, name), root)
  }
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function filesOf(name: string): Promise<DualEncoderFiles> {
  const read = (file: string) => readFile(path.join(root, name, file), 'utf8')
  return {
    name,
    config: await read('config.json'),
    tokenizer: await read('tokenizer.json'),
    tokenizerConfig: await read('tokenizer_config.json'),
    preprocessor: await read('preprocessor_config.json'),
  }
}

async function sessionOf(name: string) {
  return sessionForTests({ sha256: 'f'.repeat(64), content: new Uint8Array(await readFile(path.join(root, name, 'onnx/model.onnx'))) })
}

type Pixels = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray }

/** Colours that run across and down, a block that moves with `step`. */
function scene(step: number, width = 90, height = 60): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isBlock = Math.abs(x - step * 9) < 8 && Math.abs(y - 30) < 12
      rgba.set(isBlock ? [230, 20 * step, 30] : [(x * 200) / width, (y * 180) / height, 90 + 10 * step], (y * width + x) * 4)
    }
  }
  return { width, height, rgba }
}

const drawn = new Map<VisionPicture, Pixels>()
function pictureOf(pixels: Pixels): VisionPicture {
  const none = () => {
    throw new Error('there is no canvas here')
  }
  const picture = {
    width: pixels.width,
    height: pixels.height,
    draw: none,
    get source(): never {
      return none()
    },
  }
  drawn.set(picture, pixels)
  return picture
}

async function open(name: string): Promise<{ vision: BrowserVision; asked: readonly string[] }> {
  const session = await sessionOf(name)
  const vision = openDualEncoder(await filesOf(name), session, (picture) => drawn.get(picture)?.rgba ?? new Uint8ClampedArray())
  return { vision, asked: session.asked }
}

/** What the worker says of the whole picture. */
async function byWorker(name: string, { width, height, rgba }: Pixels, question: string): Promise<number | null> {
  const rgb = Buffer.from(rgba.filter((_, place) => place % 4 !== 3))
  const frame = { index: frameIndexSchema.parse(0), pts: 0, timeSec: 0 }
  const picture = { frame, width, height, rgb, jpeg: async () => Buffer.alloc(0) }
  const [check] = await (await registeredVerifier(name, root)).verify(
    picture,
    [{ rect: { x: 0, y: 0, w: width, h: height }, phrase: question }],
    [question],
  )
  return check?.agreement ?? null
}

describe.each(KINDS)('%s', (name) => {
  it('agrees with the worker about picture and question, to the thousandth', async () => {
    const { vision } = await open(name)
    for (const question of ['red car', 'what is the man doing .', 'nothing known 日本', '']) {
      for (const pixels of [scene(2), scene(7), scene(3, 33, 200)]) {
        const [picture = new Float32Array()] = await vision.embedPictures([vision.take(pictureOf(pixels))])
        const ours = cosine(picture, await vision.embedText(question))
        expect(Math.abs(ours - ((await byWorker(name, pixels, question)) ?? Number.NaN))).toBeLessThanOrEqual(1e-3)
      }
    }
    await vision.release()
  })

  it('gives a picture the same vector, alone or among others', async () => {
    const { vision, asked } = await open(name)
    const scenes = [1, 4, 8].map((step) => scene(step))
    const together = await vision.embedPictures(scenes.map((each) => vision.take(pictureOf(each))))
    expect(asked[0]).toContain('pixel_values 3×3×32×32')
    for (const [place, each] of scenes.entries()) {
      const [alone = new Float32Array()] = await vision.embedPictures([vision.take(pictureOf(each))])
      expect(cosine(alone, together[place] ?? new Float32Array())).toBeGreaterThan(1 - 1e-5)
    }
    expect(cosine(together[0] ?? new Float32Array(), together[2] ?? new Float32Array())).toBeLessThan(0.999)
  })
})

describe('a dual encoder', () => {
  it('runs nothing for no picture', async () => {
    const { vision, asked } = await open('test/clip')
    expect(await vision.embedPictures([])).toEqual([])
    expect(asked).toEqual([])
  })

  it('fills texts up only where the model was trained so', async () => {
    const [clip, siglip] = [await open('test/clip'), await open('test/siglip')]
    await clip.vision.embedText('red car')
    await siglip.vision.embedText('red car')
    expect(clip.asked[0]).toContain('input_ids 1×5')
    expect(siglip.asked[0]).toContain(`input_ids 1×${SMALL.context}`)
  })

  it('cuts a text that is too long', async () => {
    const { vision, asked } = await open('test/clip')
    const long = await vision.embedText('red '.repeat(500))
    expect(asked[0]).toContain(`input_ids 1×${SMALL.context}`)
    expect(long).toHaveLength(SMALL.dimensions)
  })

  it('refuses a picture without pixels, and runs nothing', async () => {
    const { vision, asked } = await open('test/clip')
    const empty = pictureOf({ ...scene(1), width: 0 })
    expect(() => vision.take(empty)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(asked).toEqual([])
  })

  it.each([
    ['a model of another kind', { config: '{"model_type":"bert"}' }, /does not compare/],
    ['no configuration', { config: '' }, /does not compare/],
    ['a broken tokenizer', { tokenizer: '{"model":{"type":"Nonsense"}}' }, /tokenizer\.json/],
    ['a tokenizer that is no JSON', { tokenizer: '<html>' }, /tokenizer\.json/],
    ['a broken tokenizer configuration', { tokenizerConfig: '[' }, /tokenizer_config\.json/],
    ['an unknown preparation', { preprocessor: '{"resample": 0, "size": 32}' }, /preprocessor_config\.json/],
  ])('refuses %s', async (_, broken, message) => {
    const session = await sessionOf('test/clip')
    const files = { ...(await filesOf('test/clip')), ...broken }
    expect(() => openDualEncoder(files, session)).toThrow(
      expect.objectContaining({ code: 'bad_file', message: expect.stringMatching(message) }),
    )
  })
})
