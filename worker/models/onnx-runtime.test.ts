import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { floatsOf, integersOf } from '@/core/models/tensors'
import { addOneModel, externalDataModel, modelFile, twoEndsModel } from './onnx-for-tests'
import { loadOnnxModel, openOnnxModel } from './onnx-runtime'
import type { ModelFile } from './read-verified'

let folder: string
let file: ModelFile
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'crema-onnx-'))
  file = await modelFile(folder, 'model.onnx', addOneModel())
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const x = (...values: number[]) => ({ x: { type: 'float32', data: Float32Array.from(values), dims: [values.length] } }) as const

describe('openOnnxModel', () => {
  it('runs a model, and gives the same one when it is asked again', async () => {
    const model = await openOnnxModel(file)
    const outputs = await model.run(x(1, 2.5))
    expect([...floatsOf(outputs, 'y')]).toEqual([2, 3.5])
    expect(outputs.y?.dims).toEqual([2])
    expect(await openOnnxModel(file)).toBe(model)
    expect([model.inputNames, model.outputNames]).toEqual([['x'], ['y']])
  })

  it('looks again at a file that was wrong before', async () => {
    const content = Uint8Array.from([...addOneModel(), 0x18, 0x01])
    const changed = await modelFile(folder, 'late.onnx', content)
    await writeFile(changed.path, 'half')
    await expect(openOnnxModel(changed)).rejects.toMatchObject({ code: 'bad_file' })
    await writeFile(changed.path, content)
    await expect(openOnnxModel(changed)).resolves.toBeDefined()
  })
})

describe('a file that somebody touches while its model is open', () => {
  it('is the same model still when nothing in it changed', async () => {
    const model = await openOnnxModel(file)
    await writeFile(file.path, addOneModel())
    expect(await openOnnxModel(file)).toBe(model)
  })

  it('is refused at its next use when it is another, and taken again when it is right again', async () => {
    await openOnnxModel(file)
    const other = addOneModel()
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1
    await writeFile(file.path, other)
    await expect(openOnnxModel(file)).rejects.toMatchObject({ code: 'bad_file' })
    await rm(file.path)
    await expect(openOnnxModel(file)).rejects.toMatchObject({ code: 'missing_file' })
    await writeFile(file.path, addOneModel())
    expect([...floatsOf(await (await openOnnxModel(file)).run(x(1)), 'y')]).toEqual([2])
  })

  it('is opened anew when another one is promised', async () => {
    const model = await openOnnxModel(file)
    const next = await modelFile(folder, 'model.onnx', Uint8Array.from([...addOneModel(), 0x28, 0x01]))
    expect(next.sha256).not.toBe(file.sha256)
    expect(await openOnnxModel(next)).not.toBe(model)
    await expect(openOnnxModel(file)).rejects.toMatchObject({ code: 'bad_file' })
  })
})

describe('a part of a model', () => {
  it('is opened apart from the whole, and asks for no more than it needs', async () => {
    const both = await modelFile(folder, 'both.onnx', twoEndsModel())
    const [whole, part] = [await openOnnxModel(both), await openOnnxModel(both, 'y')]
    expect([whole.inputNames, part.inputNames, part.outputNames]).toEqual([['x', 'other'], ['x'], ['y']])
    expect([...floatsOf(await part.run(x(4)), 'y')]).toEqual([5])
    expect(await openOnnxModel(both, 'y')).toBe(part)
  })

  it('is the whole where it has no such end', async () => {
    expect((await openOnnxModel(file, 'text_embeds')).outputNames).toEqual(['y'])
  })
})

describe('a file that is not right', () => {
  it('is named with what to do when it is missing', async () => {
    await rm(file.path)
    await expect(loadOnnxModel(file)).rejects.toMatchObject({ code: 'missing_file', message: 'A model file is not there. Fetch it again.' })
    await expect(loadOnnxModel({ ...file, path: folder })).rejects.toMatchObject({ code: 'missing_file' })
  })

  it('is refused when it was cut short', async () => {
    await writeFile(file.path, addOneModel().slice(0, 20))
    await expect(loadOnnxModel(file)).rejects.toMatchObject({
      code: 'bad_file',
      message: expect.stringMatching(/it has 20 bytes instead of \d+\. Fetch it again\./),
    })
  })

  it('is refused when it has the right length but other bytes', async () => {
    const content = addOneModel()
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1
    await writeFile(file.path, content)
    await expect(loadOnnxModel(file)).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining('its sha256 differs') })
  })

  it('is refused when it is a lie that was recorded as it is', async () => {
    const lies = [Buffer.from('<html>not found</html>'), addOneModel().slice(0, 40), externalDataModel()]
    for (const [place, content] of lies.entries()) {
      await expect(loadOnnxModel(await modelFile(folder, `${place}.onnx`, content))).rejects.toMatchObject({ code: 'bad_file' })
    }
  })

  it('is refused when it is larger than any ONNX file can be', async () => {
    await expect(loadOnnxModel({ ...file, bytes: 2 ** 31 })).rejects.toMatchObject({ code: 'limit_exceeded' })
  })
})

describe('a run that cannot work', () => {
  it('is a bad answer, not a crash', async () => {
    const model = await loadOnnxModel(file)
    await expect(model.run({})).rejects.toMatchObject({ code: 'model_bad_answer' })
    const wrongType = { x: { type: 'int64', data: BigInt64Array.from([1n]), dims: [1] } } as const
    await expect(model.run(wrongType)).rejects.toMatchObject({ code: 'model_bad_answer' })
    const wrongShape = { x: { type: 'float32', data: Float32Array.from([1]), dims: [2] } } as const
    await expect(model.run(wrongShape)).rejects.toMatchObject({ code: 'model_bad_answer' })
    const outputs = await model.run(x(1))
    expect(() => floatsOf(outputs, 'z')).toThrowError(/numbers called z/)
    expect(() => integersOf(outputs, 'y')).toThrowError(/whole numbers called y/)
    await model.release()
  })
})
