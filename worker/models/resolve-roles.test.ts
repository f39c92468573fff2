import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMBEDDED_MODELS } from '@/core/pipeline/check-settings'
import { type PipelineSettings, PRESETS, type ProviderRef } from '@/core/pipeline/settings'
import { type ModelServer, startModelServer } from '@/e2e/model-server'
import { accessFrom, framesFor, groupOf, readerOf, recordingDesk } from './models-for-tests'
import { resolveRoles } from './resolve-roles'
import type { RoleModels } from './roles'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

const signal = new AbortController().signal
const ref = (provider: ProviderRef['provider'], model: string): ProviderRef => ({ provider, model, parameters: {} })
const LOCAL = ref('server:local', 'qwen-vl')

const everyRole = (filled: ProviderRef): PipelineSettings => ({
  ...PRESETS.embedded,
  roles: { captioner: filled, embedder: filled, 'qa-writer': filled, 'cot-writer': filled, detector: filled, verifier: filled },
  judges: [filled, filled],
})
const resolve = (settings: PipelineSettings, deps: { signal: AbortSignal } = { signal }): RoleModels => {
  const desk = recordingDesk()
  return resolveRoles(settings, desk, { ...deps, clients: accessFrom(server.env, desk).clients })
}
const ROLES = ['captioner', 'embedder', 'qaWriter', 'judges', 'cotWriter', 'detector', 'verifier'] as const

test('language models fill every role but the verifier', async () => {
  const models = resolve(everyRole(LOCAL))
  expect(await (await models.captioner()).caption(framesFor(2), [], readerOf(), 2)).toHaveLength(2)
  expect((await models.embedder()).dimensions).toBe(64)
  expect(await (await models.qaWriter()).writePairs(groupOf(['A dog.', 'A cat.']), 1)).toHaveLength(1)
  expect((await models.judges()).map((judge) => judge.name)).toEqual(['server:local/qwen-vl', 'server:local/qwen-vl'])
  expect((await models.cotWriter()).identity.model).toBe('qwen-vl')
  expect((await models.detector()).identity.provider).toBe('server:local')
  await expect(models.verifier()).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/cannot be the verifier/) })
})

test('the templates and rules of the embedded default need no model files', async () => {
  const models = resolve(PRESETS.embedded)
  expect((await models.qaWriter()).identity).toMatchObject({ kind: 'template', provider: 'embedded' })
  expect((await models.cotWriter()).identity.kind).toBe('template')
  expect((await models.judges()).map((judge) => judge.identity.model)).toEqual(EMBEDDED_MODELS.judge)
})

describe('what cannot be is said when it is asked for, not before', () => {
  test.each<[string, ProviderRef]>([
    ['an embedded model of another role', ref('embedded', 'nothing')],
    ['an ONNX model that is not registered', ref('onnx', 'nobody/knows')],
    ['a server that is not named', ref('server:nowhere', 'x')],
  ])('%s', async (_, filled) => {
    const models = resolve(everyRole(filled))
    for (const role of ROLES) {
      const used = models[role]().then(async (model) => {
        // A language model is looked up with the first call.
        if ('writePairs' in model) await model.writePairs(groupOf(['A.', 'B.']), 1)
        if ('caption' in model) await model.caption(framesFor(1), [], readerOf(), 1)
        if ('classifyTask' in model) await model.classifyTask({ pair: PAIR, group: groupOf(['A.']) })
        if ('detect' in model) await model.detect(await onePicture(), ['dog'], { box: 0.3, text: 0.3 })
        if (Array.isArray(model)) await model[0]?.judge(PAIR, groupOf(['A.']))
      })
      await expect(used, role).rejects.toMatchObject({ code: expect.stringMatching(/^(invalid_input|missing_file|bad_setting)$/) })
    }
  })
})

const PAIR = { key: 'k', group: 0, question: 'Why?', answer: 'So.', support: null }
const onePicture = async () => {
  const { pictureOf } = await import('./models-for-tests')
  const [frame] = framesFor(1)
  if (!frame) throw new Error('no frame')
  return pictureOf(frame)
}

test('a task that is taken away ends its calls', async () => {
  const stop = new AbortController()
  server.fail({ fault: 'silent', times: 1 })
  const writer = await resolve(everyRole(LOCAL), { signal: stop.signal }).qaWriter()
  const asked = writer.writePairs(groupOf(['A.', 'B.']), 1)
  stop.abort()
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/stopped/) })
})
