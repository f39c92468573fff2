/**
 * Keys and addresses of model providers. Read here, in the worker, and nowhere else: the web process has no use for keys, and
 * neither database nor browser ever sees one (design §7: by their usual names).
 */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type ModelServer, modelAddressSchema } from '@/server/model-servers'

const DEFAULT_TIMEOUT_MS = 180_000

const key = z
  .string()
  .regex(/^[\x21-\x7e]{1,4096}$/, 'must be a key in plain characters without spaces')
  .optional()
const address = modelAddressSchema.optional()

const variablesSchema = z.object({
  OPENAI_API_KEY: key,
  ANTHROPIC_API_KEY: key,
  GOOGLE_GENERATIVE_AI_API_KEY: key,
  OPENAI_BASE_URL: address,
  ANTHROPIC_BASE_URL: address,
  GOOGLE_GENERATIVE_AI_BASE_URL: address,
  CREMA_MODEL_TIMEOUT_MS: z.coerce.number().int().min(1000).max(3_600_000).default(DEFAULT_TIMEOUT_MS),
})

/** Where an API is and the key to it; null = none is set. `keyName` is the variable that a message names. */
export type ProviderAccess = { readonly url: string; readonly key: string | null; readonly keyName: string }
/** The answer may take `timeoutMs`, unless the parameters of a role say otherwise. */
export type ProviderSettings = {
  readonly hosted: Readonly<Record<'openai' | 'anthropic' | 'google', ProviderAccess>>
  readonly servers: ReadonlyMap<string, ProviderAccess>
  readonly timeoutMs: number
}

/** `CREMA_MODEL_KEY_` and the name of the server in capitals, `-` as `_`. */
function serverKeyName(name: string): string {
  return `CREMA_MODEL_KEY_${name.toUpperCase().replaceAll('-', '_')}`
}

/** Throws AppError bad_setting naming the variable. An empty variable counts as unset. A message never holds a value. */
export function readProviderSettings(
  source: Readonly<Record<string, string | undefined>>,
  servers: readonly ModelServer[],
): ProviderSettings {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = variablesSchema.safeParse(set)
  if (!parsed.success) throw badVariable(String(parsed.error.issues[0]?.path[0]), parsed.error.issues[0]?.message)
  const found = parsed.data
  const serverAccess = servers.map(({ name, url }): [string, ProviderAccess] => {
    const keyName = serverKeyName(name)
    const own = key.safeParse(set[keyName])
    if (!own.success) throw badVariable(keyName, own.error.issues[0]?.message)
    return [name, { url, key: own.data ?? null, keyName }]
  })
  return {
    hosted: {
      openai: { url: found.OPENAI_BASE_URL ?? 'https://api.openai.com/v1', key: found.OPENAI_API_KEY ?? null, keyName: 'OPENAI_API_KEY' },
      anthropic: {
        url: found.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com/v1',
        key: found.ANTHROPIC_API_KEY ?? null,
        keyName: 'ANTHROPIC_API_KEY',
      },
      google: {
        url: found.GOOGLE_GENERATIVE_AI_BASE_URL ?? 'https://generativelanguage.googleapis.com/v1beta',
        key: found.GOOGLE_GENERATIVE_AI_API_KEY ?? null,
        keyName: 'GOOGLE_GENERATIVE_AI_API_KEY',
      },
    },
    servers: new Map(serverAccess),
    timeoutMs: found.CREMA_MODEL_TIMEOUT_MS,
  }
}

function badVariable(name: string, message = 'it did not parse'): AppError {
  return new AppError('bad_setting', `The setting ${name} has a bad value: ${message}.`, { setting: name })
}
