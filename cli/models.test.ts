import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { emptyModelsFolder, putModel } from '@/worker/models/registered-for-tests'

let data = ''
beforeAll(async () => {
  data = await emptyModelsFolder()
  vi.stubEnv('CREMA_DATA', data)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(data, { recursive: true, force: true })
})

async function crema(...words: string[]): Promise<{ value: unknown; text: string }> {
  const { command } = await import('./models')
  const printed: { value: unknown; text: string }[] = []
  await command.execute(words, {
    isJson: true,
    signal: new AbortController().signal,
    result: (value, text) => printed.push({ value, text }),
    progress: () => {},
    path: (typed) => path.resolve(data, typed),
  })
  return printed[0] ?? { value: null, text: '' }
}

test('a folder is registered and then listed', async () => {
  expect((await crema('list')).text).toMatch(/No model is registered in /)
  await putModel(path.join(data, 'models', 'registered'), 'test/clip', 'clip')
  const added = await crema('add', 'models/registered/test/clip')
  expect(added.value).toMatchObject({ name: 'test/clip', dtype: 'fp32', files: 5 })
  expect((await crema('list')).value).toMatchObject({ models: [added.value] })
})

test.each([[['add']], [['list', 'x']], [['remove', 'x']], [[]], [['add', 'x', 'y']]])('%j is refused in words', async (words) => {
  await expect(crema(...words)).rejects.toMatchObject({ code: 'invalid_input' })
})

test('a folder elsewhere is refused with the place it belongs to', async () => {
  await expect(crema('add', '/tmp')).rejects.toMatchObject({ code: 'path_outside', message: expect.stringContaining('registered') })
})
