import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { ProviderRef } from '@/core/pipeline/settings'
import { fingerprintsOf } from './model-fingerprint'

const root = mkdtempSync(path.join(tmpdir(), 'crema-fingerprint-'))
const onnx = (model: string): ProviderRef => ({ provider: 'onnx', model, parameters: {} })

it('changes with the weights behind a name, and asks nothing of other providers', async () => {
  mkdirSync(path.join(root, 'BAAI', 'bge-m3'), { recursive: true })
  const list = path.join(root, 'BAAI', 'bge-m3', 'crema-model.json')
  writeFileSync(list, '{"files":[1]}')
  const refs = [onnx('BAAI/bge-m3'), { ...onnx('x'), provider: 'openai' as const }, onnx('not/there')]
  const before = await fingerprintsOf(refs, root)
  expect(before).toEqual({ 'BAAI/bge-m3': expect.stringMatching(/^[0-9a-f]{64}$/), 'not/there': null })
  writeFileSync(list, '{"files":[2]}')
  expect((await fingerprintsOf(refs, root))['BAAI/bge-m3']).not.toBe(before['BAAI/bge-m3'])
})

it('refuses a name that leads out of the folder', async () => {
  await expect(fingerprintsOf([onnx('../../etc')], root)).rejects.toMatchObject({ code: 'invalid_input' })
})
