const BASE = 'http://relative.invalid'

/**
 * A path on this server from untrusted text, for redirects: anything that could lead elsewhere (`//host`, `/\host`, a scheme,
 * control characters that browsers strip) gives `fallback`.
 */
export function relativePath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 2000) return fallback
  if (!URL.canParse(value, BASE)) return fallback
  const url = new URL(value, BASE)
  if (url.origin !== BASE) return fallback
  const path = `${url.pathname}${url.search}${url.hash}`
  return path.startsWith('//') ? fallback : path
}
