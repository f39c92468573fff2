/** When a busy provider wants to be asked again. */

const DELAY_IN_BODY = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/

/**
 * Milliseconds from `nowMs` on, whole, at least 0: from `retry-after-ms`, from `Retry-After` as seconds or as a date (RFC 9110
 * §10.2.3), or from the `retryDelay` that Google puts into the body. undefined = it did not say.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>> | undefined,
  body: string | undefined,
  nowMs: number,
): number | undefined {
  const milliseconds = Number(headers?.['retry-after-ms'] || Number.NaN)
  if (Number.isFinite(milliseconds)) return whole(milliseconds)
  const after = headers?.['retry-after']?.trim()
  if (after) {
    const seconds = Number(after)
    if (Number.isFinite(seconds)) return whole(seconds * 1000)
    const date = Date.parse(after)
    if (Number.isFinite(date)) return whole(date - nowMs)
  }
  const delay = DELAY_IN_BODY.exec(body ?? '')?.[1]
  return delay === undefined ? undefined : whole(Number(delay) * 1000)
}

function whole(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds))
}
