import { describe, expect, it } from 'vitest'
import { checkSettings } from '@/core/pipeline/check-settings'
import { PRESETS, providerRefSchema } from '@/core/pipeline/settings'
import { MODEL_ROLES } from '@/core/pipeline/stages'
import { choicesOf, kindOf, serverNameOf, serverProvider, withKind } from './provider-words'

describe('providers', () => {
  it('are told apart, servers by name', () => {
    expect([kindOf('openai'), kindOf('embedded'), kindOf('server:local')]).toEqual(['openai', 'embedded', 'server'])
    expect([serverNameOf('server:internvl'), serverNameOf('openai')]).toEqual(['internvl', ''])
  })

  it('of servers need a name that can be one', () => {
    expect(serverProvider('gpu-1')).toBe('server:gpu-1')
    for (const bad of ['', 'Two words', 'a/b', 'x'.repeat(40)]) expect(serverProvider(bad), bad).toBeNull()
  })

  it('are offered only where they can fill the role', () => {
    expect(choicesOf('verifier').map(({ value }) => value)).toEqual(['embedded', 'onnx'])
    expect(choicesOf('embedder').map(({ value }) => value)).not.toContain('anthropic')
    expect(choicesOf('captioner').map(({ value }) => value)).not.toContain('onnx')
  })

  it('that are embedded bring a model that fits the role', () => {
    for (const role of MODEL_ROLES) {
      const ref = withKind(role, { provider: 'openai', model: 'x', parameters: {} }, 'embedded')
      expect(providerRefSchema.safeParse(ref).success).toBe(true)
      if (role === 'judge') continue
      const settings = { ...PRESETS.embedded, roles: { ...PRESETS.embedded.roles, [role]: ref } }
      expect(checkSettings(settings)).toEqual([])
    }
  })

  it('keep the model when nothing changes, and forget it when the provider does', () => {
    const ref = { provider: 'openai', model: 'gpt-4o', parameters: { temperature: 0 } } as const
    expect(withKind('judge', ref, 'openai')).toBe(ref)
    expect(withKind('judge', ref, 'google')).toEqual({ provider: 'google', model: '', parameters: { temperature: 0 } })
    expect(withKind('judge', ref, 'server').provider).toBe('server:local')
  })
})
