import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AutoModel, AutoProcessor, AutoTokenizer, RawImage } from '@huggingface/transformers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { dualEncoderHalf, SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { photoOf } from '@/core/models/dual-encoder-io'
import { cosine } from '@/core/models/vectors'
import type { RgbImage } from './detector-input'
import { dualEncodersFolder } from './dual-encoders-for-tests'
import { openRegistered } from './open-registered'
import { registerModel } from './register-model'
import { registeredDualEncoder } from './registered-dual-encoder'
import { putModel } from './registered-for-tests'

const QUESTIONS = ['red car', 'what is the man doing .', 'nothing known 日本', '']

let root = ''
beforeAll(async () => {
  root = await dualEncodersFolder()
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Colours that run across and down, and a block. */
function scene(step: number, width = 60, height = 40): RgbImage {
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    rgb.set(Math.abs(x - step * 9) < 8 ? [230, 20 * step, 30] : [x * 4, y * 6, 90], at * 3)
  }
  return { width, height, rgb }
}

/** What Transformers.js itself makes of the one graph with both halves, which it runs as a whole. */
async function byLibrary(name: string, { width, height, rgb }: RgbImage, question: string): Promise<number> {
  const { options } = await openRegistered(name, root)
  const [net, processor, tokenizer] = await Promise.all([
    AutoModel.from_pretrained(name, options),
    AutoProcessor.from_pretrained(name, options),
    AutoTokenizer.from_pretrained(name, options),
  ])
  const { pixel_values } = await processor(new RawImage(new Uint8ClampedArray(rgb), width, height, 3))
  const words = tokenizer([photoOf(question)], { padding: name.endsWith('siglip') ? 'max_length' : true, truncation: true })
  const output = await net({ ...words, pixel_values })
  const [picture, text]: Float32Array[] = [output.image_embeds.data, output.text_embeds.data]
  const unit = (vector: Float32Array = new Float32Array()) => vector.map((value) => value / Math.hypot(...vector))
  return cosine(unit(picture), unit(text))
}

describe('a registered dual encoder', () => {
  it.each(['clip', 'siglip'])('of the kind %s says what the library says, as one graph and as two', async (kind) => {
    const [one, two] = [await registeredDualEncoder(`one/${kind}`, root), await registeredDualEncoder(`two/${kind}`, root)]
    for (const question of QUESTIONS) {
      const picture = scene(question.length % 7)
      const wanted = await byLibrary(`one/${kind}`, picture, question)
      for (const model of [one, two]) {
        const [seen, asked] = [await model.embedPicture(picture), await model.embedText(question)]
        expect(seen).toHaveLength(SMALL.dimensions)
        expect(Math.abs(cosine(seen, asked) - wanted)).toBeLessThan(1e-5)
      }
    }
    const other = cosine(await one.embedPicture(scene(1)), await one.embedPicture(scene(6)))
    expect(other).toBeLessThan(0.999)
  })

  it('names all its weights, and is another when one file is another', async () => {
    const [one, two] = [await registeredDualEncoder('one/clip', root), await registeredDualEncoder('two/clip', root)]
    expect(one.identity).toMatchObject({ provider: 'onnx', model: 'one/clip', version: expect.stringMatching(/^fp32 [0-9a-f]{12}$/) })
    expect(two.identity.version).toMatch(/^fp32 [0-9a-f]{12}\+[0-9a-f]{12}$/)
    expect(new Set([one, two, await registeredDualEncoder('one/siglip', root)].map(({ sha256 }) => sha256)).size).toBe(3)
    expect((await registeredDualEncoder('one/clip', root)).sha256).toBe(one.sha256)
  })

  it('encodes the same text once', async () => {
    const model = await registeredDualEncoder('one/clip', root)
    const first = await model.embedText('red car')
    expect(await model.embedText('red car')).toBe(first)
    expect(await model.embedText('blue car')).not.toBe(first)
  })

  it('refuses a picture that has no pixels as a bad answer', async () => {
    const model = await registeredDualEncoder('two/clip', root)
    const empty = { width: 0, height: 0, rgb: new Uint8Array() }
    await expect(model.embedPicture(empty)).rejects.toMatchObject({ code: 'model_bad_answer' })
  })

  it('is none of another kind', async () => {
    await registerModel(await putModel(root, 'test/embedder', 'embedder'), root)
    await expect(registeredDualEncoder('test/embedder', root)).rejects.toMatchObject({ code: 'bad_file' })
    await registerModel(await putModel(root, 'test/owl', 'detector'), root)
    await expect(registeredDualEncoder('test/owl', root)).rejects.toMatchObject({
      code: 'bad_file',
      message: expect.stringContaining('comparing'),
    })
  })
})

describe('a folder with files for both halves', () => {
  it('is registered with them alone, and with the one graph where a half is missing or gives no vectors', async () => {
    const folder = path.join(root, 'both/clip')
    const kind = { modelType: 'clip', resample: 3 } as const
    await writeDualEncoder(folder, SMALL, kind)
    await writeDualEncoder(folder, SMALL, { ...kind, isSplit: true })
    const graphs = async () => (await registerModel(folder, root)).files.map(({ file }) => file).filter((file) => file.endsWith('.onnx'))
    expect(await graphs()).toEqual(['onnx/text_model.onnx', 'onnx/vision_model.onnx'])
    // A half that stops before the space that both share.
    await writeFile(path.join(folder, 'onnx/text_model.onnx'), dualEncoderHalf(SMALL, 'texts', 'pooler_output'))
    expect(await graphs()).toEqual(['onnx/model.onnx'])
    await writeFile(path.join(folder, 'onnx/text_model.onnx'), 'no model')
    await expect(graphs()).rejects.toMatchObject({ code: 'bad_file' })
    await rm(path.join(folder, 'onnx/text_model.onnx'))
    expect(await graphs()).toEqual(['onnx/model.onnx'])
    await rm(path.join(folder, 'onnx/model.onnx'))
    await expect(graphs()).rejects.toMatchObject({ code: 'missing_file', message: expect.stringContaining('text_model.onnx') })
  })
})
