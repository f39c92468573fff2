/**
 * What model calls cost. Money is whole micro US dollars everywhere, prices are micro US dollars for a million tokens, so
 * 2.5 dollars a million tokens is 2,500,000. Rounding is always up: the books never say less than was spent.
 */
import type { PipelineSettings, ProviderRef } from './settings'

/** For one million tokens. Reasoning tokens are billed as output. */
export type Price = PipelineSettings['prices'][string]
/** Tokens of a call: an upper bound before it, what the provider counted after it. */
export type TokenCount = { readonly inputTokens: number; readonly outputTokens: number }

const dollars = (input: number, output: number): Price => ({
  inputPerMillion: Math.round(input * 1_000_000),
  outputPerMillion: Math.round(output * 1_000_000),
})

/** When the table below was written. Prices move; a project's own table (`settings.prices`) goes before it. */
export const PRICES_AS_OF = '2026-11'

/**
 * List prices without discounts for caching or batches, by `provider/model`, for prompts below 200,000 tokens, from where some
 * models cost more: a group of captions or a batch of pictures stays far below.
 */
export const BUILT_IN_PRICES: Readonly<Record<string, Price>> = {
  'openai/gpt-4o': dollars(2.5, 10),
  'openai/gpt-4o-mini': dollars(0.15, 0.6),
  'openai/gpt-4.1': dollars(2, 8),
  'openai/gpt-4.1-mini': dollars(0.4, 1.6),
  'openai/gpt-4.1-nano': dollars(0.1, 0.4),
  'openai/gpt-5': dollars(1.25, 10),
  'openai/gpt-5-mini': dollars(0.25, 2),
  'openai/gpt-5-nano': dollars(0.05, 0.4),
  'openai/text-embedding-3-small': dollars(0.02, 0),
  'openai/text-embedding-3-large': dollars(0.13, 0),
  'anthropic/claude-opus-4-1': dollars(15, 75),
  'anthropic/claude-opus-4-5': dollars(5, 25),
  'anthropic/claude-sonnet-4-5': dollars(3, 15),
  'anthropic/claude-haiku-4-5': dollars(1, 5),
  'google/gemini-2.5-pro': dollars(1.25, 10),
  'google/gemini-2.5-flash': dollars(0.3, 2.5),
  'google/gemini-2.5-flash-lite': dollars(0.1, 0.4),
  'google/gemini-embedding-001': dollars(0.15, 0),
}

const FREE: Price = { inputPerMillion: 0, outputPerMillion: 0 }

/** Whether a provider runs on machines of our own, where a token has no list price. */
export function isLocalProvider(provider: string): boolean {
  return provider === 'embedded' || provider === 'onnx' || provider.startsWith('server:')
}

/**
 * The price of a model: the project's own, else the built-in one, else nothing for machines of our own.
 * null = not known; a run with a cap must not call such a model, because nobody could say when the cap is reached.
 */
export function priceOf(ref: Pick<ProviderRef, 'provider' | 'model'>, own: PipelineSettings['prices']): Price | null {
  const key = `${ref.provider}/${ref.model}`
  if (Object.hasOwn(own, key)) return own[key] ?? null
  if (Object.hasOwn(BUILT_IN_PRICES, key)) return BUILT_IN_PRICES[key] ?? null
  return isLocalProvider(ref.provider) ? FREE : null
}

/** Cost of that many tokens, in micro US dollars, rounded up. Counts that are no finite number above zero count as zero. */
export function costMicroUsd(tokens: TokenCount, price: Price): number {
  const input = wholeTokens(tokens.inputTokens) * price.inputPerMillion
  const output = wholeTokens(tokens.outputTokens) * price.outputPerMillion
  return Math.ceil((input + output) / 1_000_000)
}

/** The most a call can cost, in micro US dollars; null when its price is not known. */
export function worstCaseMicroUsd(
  request: Pick<ProviderRef, 'provider' | 'model'> & { readonly worstCase: TokenCount },
  own: PipelineSettings['prices'],
): number | null {
  const price = priceOf(request, own)
  return price === null ? null : costMicroUsd(request.worstCase, price)
}

function wholeTokens(count: number): number {
  return Number.isFinite(count) && count > 0 ? Math.ceil(count) : 0
}
