/** J K L as on an editing desk: L forward, J backward, again for twice the speed, K stops. Pure. */
const FASTEST = 8

/** The signed rate after a key. Turning round starts at single speed. */
export function shuttleRate(rate: number, key: 'J' | 'K' | 'L'): number {
  if (key === 'K') return 0
  const direction = key === 'L' ? 1 : -1
  if (Math.sign(rate) !== direction) return direction
  return direction * Math.min(FASTEST, Math.max(1, Math.abs(rate) * 2))
}

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4] as const

/** `0.25×`, `−2×` with a true minus. */
export const rateText = (rate: number) => `${rate < 0 ? '−' : ''}${Math.abs(rate)}×`
