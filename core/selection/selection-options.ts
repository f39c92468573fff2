/** Methods of choosing frames, and their parameters with limits and defaults, written once. */
import { z } from 'zod'
import { AppError } from '../errors'

/** In the order in which screens list them. */
export const SELECTION_METHODS = ['uniform', 'topk', 'bolt', 'aks', 'qframe', 'focus', 'mmr', 'dpp', 'lifo', 'event', 'adaptive'] as const
export type SelectionMethod = (typeof SELECTION_METHODS)[number]

/** Adaptive k never takes more, whatever `k` allows. */
export const MOST_ADAPTIVE = 6

/** Temperature of Q-Frame and similarity at which caption-LIFO sees a repetition: two meanings of `tau`. */
const TAU: Readonly<Partial<Record<SelectionMethod, number>>> = { qframe: 0.8, lifo: 0.9 }

/**
 * `k` number of frames (of adaptive: the most) · `seed` of the random methods · `alpha` sharpness of BOLT · `lambda` weight of
 * relevance against diversity of MMR and event · `beta` weight of relevance of DPP · `gate` lead of the best frame below which DPP
 * leaves relevance out · `tau` see above · `threshold`, `depth` t1 and greatest depth of AKS · `budget` most frames FOCUS scores ·
 * `spread` deviations below which a change of embedding begins an event · `rho`, `epsilon` of adaptive k.
 */
export const selectionOptionsSchema = z.strictObject({
  k: z.int().min(1),
  seed: z.int().default(0),
  alpha: z.number().min(0).max(100).default(3),
  lambda: z.number().min(0).max(1).default(0.6),
  beta: z.number().min(0).max(100).default(1),
  gate: z.number().min(0).max(2).default(0.03),
  tau: z.number().min(1e-3).max(1000).optional(),
  threshold: z.number().min(0).max(1).default(0.8),
  depth: z.int().min(0).max(20).default(5),
  budget: z.int().min(1).optional(),
  spread: z.number().min(0).max(10).default(1),
  rho: z.number().min(0).max(1).default(0.7),
  epsilon: z.number().min(0).max(1).default(0.05),
})
/** What a caller gives; only `k` is needed. */
export type SelectionOptions = z.input<typeof selectionOptionsSchema>
type Parsed = z.output<typeof selectionOptionsSchema>
type Checked = Omit<Parsed, 'tau' | 'budget'> & { readonly tau: number; readonly budget: number }

/** Options that a method looks at, beside `k`. */
export const OPTIONS_OF: Readonly<Record<SelectionMethod, readonly Exclude<keyof SelectionOptions, 'k'>[]>> = {
  uniform: [],
  topk: [],
  bolt: ['alpha'],
  aks: ['threshold', 'depth'],
  qframe: ['tau', 'seed'],
  focus: ['seed', 'budget'],
  mmr: ['lambda'],
  dpp: ['beta', 'gate'],
  lifo: ['tau'],
  event: ['lambda', 'spread'],
  adaptive: ['rho', 'epsilon'],
}

/**
 * Options with the defaults of this method filled in. Without `budget` FOCUS scores what its two looks name.
 *
 * @throws AppError `invalid_input` naming the option in `details.field`
 */
export function checkOptions(method: SelectionMethod, options: SelectionOptions): Checked {
  const parsed = selectionOptionsSchema.safeParse(options)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') ?? ''
    throw new AppError('invalid_input', `The option "${field}" does not fit: ${issue?.message ?? 'look at it'}.`, { field })
  }
  const { tau = TAU[method] ?? 1, budget = Number.MAX_SAFE_INTEGER } = parsed.data
  return { ...parsed.data, tau, budget }
}
