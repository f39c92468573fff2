/** Ways in which a model server fails. `invalid-json` and below are answers of the model; above them the transport fails. */
import { numberOf } from './scene-words'

export const FAULTS = [
  'busy',
  'server-error',
  'silent',
  'cut',
  'broken-body',
  'huge',
  'redirect',
  'bad-key',
  'no-credit',
  'invalid-json',
  'wrong-shape',
  'empty',
  'refusal',
  'cut-short',
  'fenced-json',
] as const
export type Fault = (typeof FAULTS)[number]

/** `times` = how many requests it strikes (for ever without); `after` = how many it lets pass first; `path` = only such requests. */
export type FaultRule = {
  readonly fault: Fault
  readonly times?: number
  readonly after?: number
  readonly path?: RegExp
  /** For `busy` and `server-error`: the Retry-After header, seconds or a date. */
  readonly retryAfter?: string
}

/**
 * A share of all requests fails, chosen by a seed and the number of the request, with one of these faults; without a list, with
 * any that may pass by itself.
 */
export type Chaos = { readonly seed: number; readonly share: number; readonly faults?: readonly Fault[] }

const LASTING: ReadonlySet<Fault> = new Set(['redirect', 'bad-key', 'no-credit'])
const PASSING = FAULTS.filter((fault) => !LASTING.has(fault))

export type Struck = { readonly fault: Fault; readonly retryAfter: string | null }

/** Says for each request whether and how it fails; counts what each rule has struck. */
export function createFaultPlan() {
  let rules: { rule: FaultRule; passed: number; struck: number }[] = []
  let chaos: Chaos | null = null
  let requests = 0

  function byChaos(): Struck | null {
    if (chaos === null) return null
    const { faults = PASSING } = chaos
    const chance = numberOf(`${chaos.seed}:${requests}`)
    if ((chance % 10_000) / 10_000 >= chaos.share) return null
    const fault = faults[(chance >>> 14) % faults.length]
    return fault === undefined ? null : { fault, retryAfter: null }
  }

  return {
    add(...added: FaultRule[]) {
      rules.push(...added.map((rule) => ({ rule, passed: 0, struck: 0 })))
    },
    setChaos(next: Chaos | null) {
      chaos = next
    },
    clear() {
      rules = []
      chaos = null
    },
    next(path: string): Struck | null {
      requests += 1
      for (const entry of rules) {
        const { rule } = entry
        if (entry.struck >= (rule.times ?? Number.POSITIVE_INFINITY) || !(rule.path?.test(path) ?? true)) continue
        entry.passed += 1
        if (entry.passed <= (rule.after ?? 0)) continue
        entry.struck += 1
        return { fault: rule.fault, retryAfter: rule.retryAfter ?? null }
      }
      return byChaos()
    },
  }
}
