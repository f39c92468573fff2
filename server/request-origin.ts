import { AppError } from '@/core/errors'

/**
 * Refuses a state change that another site caused (CSRF).
 *
 * `Origin` must be ours. Where it is absent or `null` (some browsers under a strict referrer policy) the browser's own word
 * `Sec-Fetch-Site: same-origin` is needed; scripts of a page can forge neither. Ours = `baseUrl`, or the host the request
 * was sent to: people open the same server as localhost and 127.0.0.1.
 *
 * @throws AppError wrong_origin
 */
export function requireSameOrigin(headers: Headers, baseUrl: string): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') throw refused(origin, site)
  if (origin === null || origin === 'null') {
    if (site === 'same-origin') return
    throw refused(origin, site)
  }
  if (!isOurs(origin, headers.get('host'), baseUrl)) throw refused(origin, site)
}

function isOurs(origin: string, host: string | null, baseUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.origin === new URL(baseUrl).origin || (host !== null && url.host === host)
}

function refused(origin: string | null, site: string | null): AppError {
  return new AppError('wrong_origin', 'This request did not come from a page of this server, so nothing was changed.', { origin, site })
}
