import { describe, expect, test } from 'vitest'
import type { ProviderRef } from '@/core/pipeline/settings'
import { createProviderClients } from './provider-client'
import { readProviderSettings } from './provider-settings'

const SERVERS = [{ name: 'gpu-2', url: 'http://gpu:8000/v1' }]
const ref = (provider: ProviderRef['provider']): ProviderRef => ({ provider, model: 'm', parameters: {} })

test('without any variable nothing is missing until it is used', () => {
  const settings = readProviderSettings({}, [])
  expect(settings.hosted.openai).toEqual({ url: 'https://api.openai.com/v1', key: null, keyName: 'OPENAI_API_KEY' })
  expect(settings.timeoutMs).toBe(180_000)
})

test('keys and addresses by their usual names, keys of servers by the name of the server', () => {
  const settings = readProviderSettings(
    {
      ANTHROPIC_API_KEY: 'sk-ant-1',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1/',
      CREMA_MODEL_KEY_GPU_2: 'k',
      CREMA_MODEL_TIMEOUT_MS: '5000',
      GOOGLE_GENERATIVE_AI_API_KEY: '',
    },
    SERVERS,
  )
  expect(settings.hosted.anthropic.key).toBe('sk-ant-1')
  expect(settings.hosted.openai.url).toBe('http://127.0.0.1:1/v1')
  expect(settings.hosted.google.key).toBeNull()
  expect(settings.servers.get('gpu-2')).toEqual({ url: 'http://gpu:8000/v1', key: 'k', keyName: 'CREMA_MODEL_KEY_GPU_2' })
  expect(settings.timeoutMs).toBe(5000)
  expect([...createProviderClients(settings).secrets].sort()).toEqual(['k', 'sk-ant-1'])
})

test.each([
  ['OPENAI_API_KEY', 'two words'],
  ['OPENAI_API_KEY', 'line\nbreak'],
  ['GOOGLE_GENERATIVE_AI_API_KEY', 'schlüssel'],
  ['ANTHROPIC_BASE_URL', 'file:///etc/passwd'],
  ['OPENAI_BASE_URL', 'http://user:pw@host/v1'],
  ['CREMA_MODEL_KEY_GPU_2', 'x y'],
  ['CREMA_MODEL_TIMEOUT_MS', '5'],
  ['CREMA_MODEL_TIMEOUT_MS', 'long'],
])('%s=%j is named, and its value is not', (name, value) => {
  const read = () => readProviderSettings({ [name]: value }, SERVERS)
  expect(read).toThrow(expect.objectContaining({ code: 'bad_setting', details: { setting: name } }))
  expect(read).not.toThrow(value)
})

describe('what is missing is said when a model is asked for', () => {
  const clients = createProviderClients(readProviderSettings({}, SERVERS))

  test.each<[ProviderRef['provider'], string, RegExp]>([
    ['openai', 'bad_setting', /OPENAI_API_KEY is missing in the worker/],
    ['anthropic', 'bad_setting', /ANTHROPIC_API_KEY/],
    ['google', 'bad_setting', /GOOGLE_GENERATIVE_AI_API_KEY/],
    ['server:nowhere', 'bad_setting', /no model server "nowhere".*CREMA_MODEL_SERVERS/],
    ['embedded', 'invalid_input', /no language model/],
    ['onnx', 'invalid_input', /no language model/],
  ])('%s', async (provider, code, message) => {
    await expect(clients.language(ref(provider), 1000)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    await expect(clients.embedding(ref(provider), 1000)).rejects.toMatchObject({ code })
  })

  test('a server without a key is asked without one', async () => {
    expect(await clients.language(ref('server:gpu-2'), 1000)).toMatchObject({ modelId: 'm' })
  })
})
