import { readFile, rm, writeFile } from 'node:fs/promises'
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
  expect(added.value).toMatchObject({ name: 'test/clip', dtype: 'fp32', licence: null, files: 5 })
  expect(added.text).toMatch(/licence unknown/)
  expect((await crema('list')).value).toMatchObject({ models: [added.value] })
})

test('the licence is what the README says, unless the administrator says otherwise', async () => {
  const folder = await putModel(path.join(data, 'models', 'registered'), 'test/owl', 'detector')
  await writeFile(path.join(folder, 'README.md'), '---\nlicense: apache-2.0\n---\n# Owl\n')
  expect((await crema('add', 'models/registered/test/owl')).value).toMatchObject({ licence: 'apache-2.0', files: 6 })
  expect((await crema('list')).text).toMatch(/^test\/owl {2}fp32, \d+ bytes, licence apache-2\.0$/m)
  const other = await crema('add', 'models/registered/test/owl', '--licence', ' bought from Owl Inc. ')
  expect(other.value).toMatchObject({ licence: 'bought from Owl Inc.' })
  expect((await crema('list')).text).toContain('licence bought from Owl Inc.')
})

test('a list that was written before licences were kept is still read', async () => {
  const folder = await putModel(path.join(data, 'models', 'registered'), 'test/old', 'clip')
  await crema('add', 'models/registered/test/old')
  const list = path.join(folder, 'crema-model.json')
  const { licence: _, ...old } = JSON.parse(await readFile(list, 'utf8'))
  await writeFile(list, JSON.stringify(old))
  expect((await crema('list')).text).toMatch(/^test\/old .*licence unknown$/m)
})

test.each([
  [['add']],
  [['list', 'x']],
  [['list', '--licence', 'mit']],
  [['add', 'x', '--licence', ' ']],
  [['add', 'x', '--licence', 'two\nlines']],
  [['remove', 'x']],
  [[]],
  [['add', 'x', 'y']],
])('%j is refused in words', async (words) => {
  await expect(crema(...words)).rejects.toMatchObject({ code: 'invalid_input' })
})

test('a folder elsewhere is refused with the place it belongs to', async () => {
  await expect(crema('add', '/tmp')).rejects.toMatchObject({ code: 'path_outside', message: expect.stringContaining('registered') })
})
