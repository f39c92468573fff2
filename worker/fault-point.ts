/**
 * Named places where a test lets the process die: `CREMA_FAULT=finished:3` kills it at the third passing of that point.
 * Nothing happens where the setting is absent, as in every installation.
 */
const WANTED = process.env.NODE_ENV === 'production' ? undefined : process.env.CREMA_FAULT
let passed = 0

export type FaultPoint = 'claimed' | 'worked' | 'finished' | 'drafted'

export function faultPoint(name: FaultPoint): void {
  if (WANTED === undefined) return
  const [point, count] = WANTED.split(':')
  if (point !== name) return
  passed += 1
  if (passed === Number(count ?? 1)) process.kill(process.pid, 'SIGKILL')
}
