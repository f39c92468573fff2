/** Where a ruler has its marks. */

/** `share` = place on the bar, 0–1; `text` as `0:05`, with tenths only where marks stand closer than a second. */
export type Tick = { readonly share: number; readonly text: string }

const STEPS_SEC = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400] as const

function textOf(sec: number, hasTenths: boolean): string {
  const whole = Math.floor(sec + 1e-6)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  const pad = (value: number) => String(value).padStart(2, '0')
  const clock = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes)
  const tenths = hasTenths ? `.${Math.round((sec - whole) * 10)}` : ''
  return `${clock}:${pad(whole % 60)}${tenths}`
}

/** At most `most` marks at round times. None for a video without length. */
export function rulerTicks({ startSec, lengthSec }: { readonly startSec: number; readonly lengthSec: number }, most = 12): Tick[] {
  if (!(lengthSec > 0)) return []
  const step = STEPS_SEC.find((each) => lengthSec / each <= most) ?? Math.ceil(lengthSec / most / 3600) * 3600
  const ticks: Tick[] = []
  for (let number = Math.ceil(startSec / step - 1e-6); number * step < startSec + lengthSec; number += 1) {
    const sec = number * step
    if (sec >= 0) ticks.push({ share: Math.max(0, (sec - startSec) / lengthSec), text: textOf(sec, step < 1) })
  }
  return ticks
}
