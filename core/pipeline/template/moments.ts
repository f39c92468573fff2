/** Times as a person says them. */

/** `at about 7 seconds`, `at about 7.5 seconds`, `at the very beginning`; halves at the finest. */
export function atTime(timeSec: number): string {
  const half = Math.round(timeSec * 2) / 2
  if (half === 0) return 'at the very beginning'
  if (half === 1) return 'at about 1 second'
  return `at about ${half} seconds`
}

/** Whether two times are told apart by the words of `atTime`. */
export function areDistinct(aSec: number, bSec: number): boolean {
  return Math.round(aSec * 2) !== Math.round(bSec * 2)
}
