/** Numbers and times as this interface writes them. English only, so that server and browser write the same. */
const COUNT = new Intl.NumberFormat('en-US')

/** `200,000` */
export function formatCount(n: number): string {
  return COUNT.format(n)
}

/** `1 sample`, `2 samples` */
export function countOf(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

/** Time since, in the largest unit that fits: `now`, `4 min`, `3 h`, `2 d`, `5 wk`. */
export function formatAge(sinceMs: number): string {
  const minutes = Math.floor(sinceMs / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h`
  const days = Math.floor(hours / 24)
  return days < 60 ? `${days} d` : `${Math.floor(days / 7)} wk`
}

/** A length of work: `45 s`, `12 min`, `4 h 20 min`, `3 days of 6 h`. */
export function formatEffort(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 12) return `${Math.ceil(hours / 6)} days of 6 h`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** `, 3 min left`; nothing while the pace is not known. */
export const leftAt = (pace: number, done: number, total: number): string =>
  pace > 0 && done < total ? `, ${formatEffort((total - done) / pace)} left` : ''

/** Length of a video: `0:09.6`, `12:04`, `1:02:03`. */
export function formatLength(seconds: number): string {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const pad = (n: number) => String(n).padStart(2, '0')
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(whole % 60)}`
  if (whole >= 60) return `${minutes}:${pad(whole % 60)}`
  return `0:${(Math.floor(seconds * 10) / 10).toFixed(1).padStart(4, '0')}`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Decimal units, three figures: `61.4 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const text = unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
  return `${text} ${UNITS[unit] ?? 'B'}`
}
