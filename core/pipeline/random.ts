/** Numbers that look random and are the same on every machine: core has no `Math.random`. Not for secrets. */

/**
 * mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2^32, passes gjrand's small tests.
 *
 * @param seed taken modulo 2^32
 * @returns a function that gives the next number, 0 ≤ x < 1
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a of the text's UTF-16 code units, 32 bits, 0 to 2^32 − 1: a seed that belongs to a text. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}

/** A shuffled copy (Fisher and Yates, Durstenfeld's form): every order equally likely as far as `random` is even. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const rest = [...items]
  const result: T[] = []
  while (rest.length > 0) result.push(...rest.splice(Math.floor(random() * rest.length), 1))
  return result
}
