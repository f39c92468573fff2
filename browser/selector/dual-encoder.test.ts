import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { frameIndexSchema } from '@/core/ids'
import { type DualHalf, fileOfHalf, HALF_OUTPUT } from '@/core/models/dual-encoder-io'
import { graphPart } from '@/core/models/graph-part'
import { cosine } from '@/core/models/vectors'
import { DUAL_ENCODERS, dualEncodersFolder } from '@/worker/models/dual-encoders-for-tests'
import { registeredVerifier } from '@/worker/models/registered-verifier'
import { type DualEncoderFiles, openPictureEncoder, openQuestionEncoder, type PictureEncoder, type VisionPicture } from './dual-encoder'
import { sessionForTests } from './session-for-tests'

let root = ''
beforeAll(async () => {
  root = await dualEncodersFolder()
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

/** `isWhole` = the graph as it is, which has both halves. */
async function sessionOf(name: string, half: DualHalf, isWhole = false) {
  const graphs = name.startsWith('two')
    ? [{ file: 'onnx/vision_model.onnx' }, { file: 'onnx/text_model.onnx' }]
    : [{ file: 'onnx/model.onnx' }]
  const whole = new Uint8Array(await readFile(path.join(root, name, fileOfHalf(graphs, half)?.file ?? '')))
  return sessionForTests({ sha256: 'f'.repeat(64), content: (isWhole ? null : graphPart(whole, HALF_OUTPUT[half])) ?? whole })
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

async function open(name: string, isWhole = false) {
  const [files, seeing, reading] = [
    await filesOf(name),
    await sessionOf(name, 'pictures', isWhole),
    await sessionOf(name, 'texts', isWhole),
  ]
  const pictures = openPictureEncoder(files, seeing, (picture) => drawn.get(picture)?.rgba ?? new Uint8ClampedArray())
  return { pictures, texts: openQuestionEncoder(files, reading), seen: seeing.asked, read: reading.asked }
}

const vectorOf = async (pictures: PictureEncoder, pixels: Pixels) =>
  (await pictures.embedPictures([pictures.take(pictureOf(pixels))]))[0] ?? new Float32Array()

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

describe.each(DUAL_ENCODERS)('%s', (name) => {
  it('agrees with the worker about picture and question, to the thousandth', async () => {
    const { pictures, texts } = await open(name)
    for (const question of ['red car', 'what is the man doing .', 'nothing known 日本', '']) {
      for (const pixels of [scene(2), scene(7), scene(3, 33, 200)]) {
        const ours = cosine(await vectorOf(pictures, pixels), await texts.embedText(question))
        expect(Math.abs(ours - ((await byWorker(name, pixels, question)) ?? Number.NaN))).toBeLessThanOrEqual(1e-3)
      }
    }
    await Promise.all([pictures.release(), texts.release()])
  })

  it('gives a picture the same vector, alone or among others', async () => {
    const { pictures, seen } = await open(name)
    const scenes = [1, 4, 8].map((step) => scene(step))
    const together = await pictures.embedPictures(scenes.map((each) => pictures.take(pictureOf(each))))
    expect(seen[0]).toBe('pixel_values 3×3×32×32')
    for (const [place, each] of scenes.entries()) {
      expect(cosine(await vectorOf(pictures, each), together[place] ?? new Float32Array())).toBeGreaterThan(1 - 1e-5)
    }
    expect(cosine(together[0] ?? new Float32Array(), together[2] ?? new Float32Array())).toBeLessThan(0.999)
  })

  it('needs no picture for a question and no text for a picture', async () => {
    const { pictures, texts, seen, read } = await open(name)
    await vectorOf(pictures, scene(2))
    await texts.embedText('red car')
    expect([seen.join(), read.join()]).toEqual([expect.not.stringContaining('input_ids'), expect.not.stringContaining('pixel_values')])
  })
})

describe('a graph that cannot be cut apart', () => {
  it.each(['one/clip', 'one/siglip'])('of %s gives the same vectors, with anything for the other half', async (name) => {
    const [whole, halves] = [await open(name, true), await open(name)]
    expect(cosine(await vectorOf(whole.pictures, scene(2)), await vectorOf(halves.pictures, scene(2)))).toBeGreaterThan(1 - 1e-5)
    expect(cosine(await whole.texts.embedText('red car'), await halves.texts.embedText('red car'))).toBeGreaterThan(1 - 1e-5)
    expect([whole.seen[0], whole.read[0]]).toEqual([expect.stringContaining('input_ids'), expect.stringContaining('pixel_values')])
  })
})

describe('a dual encoder', () => {
  it('runs nothing for no picture', async () => {
    const { pictures, seen } = await open('one/clip')
    expect(await pictures.embedPictures([])).toEqual([])
    expect(seen).toEqual([])
  })

  it('fills texts up only where the model was trained so', async () => {
    const [clip, siglip] = [await open('one/clip'), await open('one/siglip')]
    await clip.texts.embedText('red car')
    await siglip.texts.embedText('red car')
    expect(clip.read[0]).toContain('input_ids 1×5')
    expect(siglip.read[0]).toContain(`input_ids 1×${SMALL.context}`)
  })

  it('cuts a text that is too long', async () => {
    const { texts, read } = await open('one/clip')
    const long = await texts.embedText('red '.repeat(500))
    expect(read[0]).toContain(`input_ids 1×${SMALL.context}`)
    expect(long).toHaveLength(SMALL.dimensions)
  })

  it('refuses a picture without pixels, and runs nothing', async () => {
    const { pictures, seen } = await open('one/clip')
    const empty = pictureOf({ ...scene(1), width: 0 })
    expect(() => pictures.take(empty)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(seen).toEqual([])
  })

  it.each([
    ['a model of another kind', { config: '{"model_type":"bert"}' }, /does not compare/],
    ['no configuration', { config: '' }, /does not compare/],
    ['a broken tokenizer', { tokenizer: '{"model":{"type":"Nonsense"}}' }, /tokenizer\.json/],
    ['a tokenizer that is no JSON', { tokenizer: '<html>' }, /tokenizer\.json/],
    ['a broken tokenizer configuration', { tokenizerConfig: '[' }, /tokenizer_config\.json/],
    ['an unknown preparation', { preprocessor: '{"resample": 0, "size": 32}' }, /preprocessor_config\.json/],
  ])('refuses %s', async (_, broken, message) => {
    const files = { ...(await filesOf('one/clip')), ...broken }
    const [seeing, reading] = [await sessionOf('one/clip', 'pictures'), await sessionOf('one/clip', 'texts')]
    const both = () => [openPictureEncoder(files, seeing), openQuestionEncoder(files, reading)]
    expect(both).toThrow(expect.objectContaining({ code: 'bad_file', message: expect.stringMatching(message) }))
  })
})
