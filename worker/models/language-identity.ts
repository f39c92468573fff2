import type { ProviderRef } from '@/core/pipeline/settings'
import type { ModelIdentity } from './roles'

/** Behind an API the name of the model is all there is to know of its version. */
export function languageIdentity(ref: ProviderRef): ModelIdentity {
  return { kind: 'model', provider: ref.provider, model: ref.model, version: null }
}
