/**
 * JSON with sorted keys and no white space: the same value always gives the same bytes, whatever order a database returns
 * its keys in. Used for hashes only.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
    return `{${pairs.join(',')}}`
  }
  return JSON.stringify(value ?? null)
}
