/** One dial, "Diversity", for what each method calls otherwise. */
import type { SelectionMethod, SelectionOptions } from './selection-options'

type Dial = (diversity: number) => Omit<SelectionOptions, 'k'>

/** At 0.5 each gives the defaults of its method. Methods that weigh no diversity are left out. */
const DIALS: Readonly<Partial<Record<SelectionMethod, Dial>>> = {
  bolt: (diversity) => ({ alpha: 6 * (1 - diversity) }),
  aks: (diversity) => ({ depth: Math.round(10 * diversity) }),
  qframe: (diversity) => ({ tau: Math.max(1e-3, 1.6 * diversity) }),
  mmr: (diversity) => ({ lambda: 1 - 0.8 * diversity }),
  dpp: (diversity) => ({ beta: diversity > 0 ? Math.min(100, (1 - diversity) / diversity) : 100 }),
  lifo: (diversity) => ({ tau: 1 - 0.2 * diversity }),
  event: (diversity) => ({ lambda: 1 - 0.8 * diversity }),
  adaptive: (diversity) => ({ rho: 1 - 0.6 * diversity, epsilon: 0.1 * (1 - diversity) }),
}

/**
 * Options of a method for a wanted diversity: 0 = relevance alone as far as the method can, 1 = as varied as it can, 0.5 = its defaults.
 *
 * @param diversity 0 to 1; what lies outside counts as the nearer end
 * @returns null where the method has no such dial (uniform, top-k, FOCUS)
 */
export function diversityOptions(method: SelectionMethod, diversity: number): Omit<SelectionOptions, 'k'> | null {
  return DIALS[method]?.(Math.min(1, Math.max(0, diversity))) ?? null
}
