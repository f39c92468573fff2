import { EMBEDDED_MODELS } from '@/core/pipeline/check-settings'
import { type ProviderName, type ProviderRef, providerNameSchema } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'

/** `server` stands for any `server:<name>`, whose name is typed beside it. */
export type ProviderKind = 'embedded' | 'onnx' | 'openai' | 'anthropic' | 'google' | 'server'

export const PROVIDER_CHOICES: readonly { value: ProviderKind; label: string; note: string }[] = [
  { value: 'embedded', label: 'Embedded', note: 'ships with Crema' },
  { value: 'onnx', label: 'ONNX folder', note: 'registered on the server' },
  { value: 'server', label: 'Model server', note: 'vLLM, Ollama, LM Studio' },
  { value: 'openai', label: 'OpenAI', note: 'key in the worker' },
  { value: 'anthropic', label: 'Anthropic', note: 'key in the worker' },
  { value: 'google', label: 'Google', note: 'key in the worker' },
]

const SERVER = 'server:'

export function kindOf(provider: ProviderName): ProviderKind {
  const plain = PROVIDER_CHOICES.find(({ value }) => value === provider)
  return plain?.value ?? 'server'
}

export function serverNameOf(provider: ProviderName): string {
  return provider.startsWith(SERVER) ? provider.slice(SERVER.length) : ''
}

/** What a role may be filled with at all; the rest is said by `checkSettings`. */
export function choicesOf(role: ModelRole): typeof PROVIDER_CHOICES {
  const isOnnx = role === 'embedder' || role === 'detector' || role === 'verifier'
  return PROVIDER_CHOICES.filter(({ value }) => {
    if (value === 'onnx') return isOnnx
    if (role === 'verifier') return value === 'embedded'
    return value !== 'anthropic' || role !== 'embedder'
  })
}

/** The same role filled from elsewhere: a model name of one provider means nothing to another. */
export function withKind(role: ModelRole, ref: ProviderRef, kind: ProviderKind): ProviderRef {
  if (kind === kindOf(ref.provider)) return ref
  if (kind === 'embedded') return { provider: 'embedded', model: EMBEDDED_MODELS[role][0] ?? 'rules', parameters: {} }
  const provider: ProviderName = kind === 'server' ? 'server:local' : kind
  return { provider, model: '', parameters: kind === 'onnx' ? {} : { temperature: 0 } }
}

/** null where the name cannot be one of a server. */
export function serverProvider(name: string): ProviderName | null {
  return providerNameSchema.safeParse(`${SERVER}${name}`).data ?? null
}
