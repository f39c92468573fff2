/**
 * From the name of a provider to something that can be asked, through the AI SDK. Every client has a guarded fetch that reaches
 * its own address and no other, so a key can only go to whom it belongs.
 */
import type { EmbeddingModel, LanguageModel } from 'ai'
import { AppError } from '@/core/errors'
import type { ProviderRef } from '@/core/pipeline/settings'
import { createGuardedFetch } from '@/server/guarded-fetch'
import type { ProviderAccess, ProviderSettings } from './provider-settings'

/** An answer of a model is a few kilobytes; vectors of a batch are below two megabytes. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** The call has a time limit of its own; this one is for a body that trickles for ever. */
const FETCH_GRACE_MS = 5_000

export type ProviderClients = {
  language(ref: ProviderRef, timeoutMs: number): Promise<LanguageModel>
  embedding(ref: ProviderRef, timeoutMs: number): Promise<EmbeddingModel>
  /** Time for one call where the role does not say. */
  readonly timeoutMs: number
  /** What must never stand in a message. */
  readonly secrets: readonly string[]
}

export function createProviderClients(settings: ProviderSettings): ProviderClients {
  const everyAccess = [...Object.values(settings.hosted), ...settings.servers.values()]
  // The SDK would print hints such as "temperature is not supported" for each call.
  globalThis.AI_SDK_LOG_WARNINGS = false
  return {
    language: async (ref, timeoutMs) => (await openProvider(settings, ref, timeoutMs)).languageModel(ref.model),
    embedding: async (ref, timeoutMs) => (await openProvider(settings, ref, timeoutMs)).embeddingModel(ref.model),
    timeoutMs: settings.timeoutMs,
    secrets: everyAccess.flatMap((access) => (access.key === null ? [] : [access.key])),
  }
}

/** Throws AppError bad_setting where a key or a server is missing, invalid_input for a provider that is no language model. */
async function openProvider(settings: ProviderSettings, ref: ProviderRef, timeoutMs: number) {
  const access = accessOf(settings, ref)
  const fetch = createGuardedFetch({
    origins: [access.url],
    maxResponseBytes: MAX_ANSWER_BYTES,
    timeoutMs: timeoutMs + FETCH_GRACE_MS,
  })
  const options = { baseURL: access.url, fetch }
  switch (ref.provider) {
    case 'openai':
      return (await import('@ai-sdk/openai')).createOpenAI({ ...options, apiKey: neededKey(access) })
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic({ ...options, apiKey: neededKey(access) })
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle({ ...options, apiKey: neededKey(access) })
    default: {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      return createOpenAICompatible({
        ...options,
        name: ref.provider.replace(':', '-'),
        ...(access.key === null ? {} : { apiKey: access.key }),
        supportsStructuredOutputs: ref.parameters.jsonSchema !== false,
      })
    }
  }
}

function accessOf(settings: ProviderSettings, ref: ProviderRef): ProviderAccess {
  if (ref.provider === 'openai' || ref.provider === 'anthropic' || ref.provider === 'google') return settings.hosted[ref.provider]
  const name = /^server:(.+)$/.exec(ref.provider)?.[1]
  if (name === undefined) throw new AppError('invalid_input', `${ref.provider}/${ref.model} is no language model behind an API.`)
  const access = settings.servers.get(name)
  if (access) return access
  throw new AppError(
    'bad_setting',
    `There is no model server "${name}". Name it in CREMA_MODEL_SERVERS in the worker's environment, as ${name}=http://host:8000/v1.`,
    { setting: 'CREMA_MODEL_SERVERS' },
  )
}

function neededKey(access: ProviderAccess): string {
  if (access.key !== null) return access.key
  throw new AppError('bad_setting', `The setting ${access.keyName} is missing in the worker's environment.`, { setting: access.keyName })
}
