/** Where things of the plot of methods stand. Pure: positions in, positions out. */

export type Dot = { readonly x: number; readonly y: number }

type Pool = { sum: number; count: number }

/**
 * Heights of labels beside dots, at least `gap` apart and within `top` to `bottom` where they fit, together as near to their dots as
 * that allows (least squares, by pooling neighbours that would meet). Order of the answer = order of the dots.
 */
export function spreadLabels(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0) || a - b)
  const pools: Pool[] = []
  for (const [place, at] of order.entries()) {
    let pool: Pool = { sum: (heights[at] ?? 0) - place * gap, count: 1 }
    for (let last = pools.at(-1); last !== undefined && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count }
    }
    pools.push(pool)
  }
  const most = bottom - Math.max(0, order.length - 1) * gap
  const levels = pools.flatMap(({ sum, count }) => new Array<number>(count).fill(Math.max(top, Math.min(most, sum / count))))
  const placed = new Array<number>(heights.length).fill(0)
  for (const [place, at] of order.entries()) placed[at] = (levels[place] ?? 0) + place * gap
  return placed
}

/** Dots whose labels would meet: those less than `width` apart, from the left. Places of the dots, in groups. */
export function columnsOf(dots: readonly Dot[], width: number): number[][] {
  const order = dots.map((_, at) => at).sort((a, b) => (dots[a]?.x ?? 0) - (dots[b]?.x ?? 0) || a - b)
  const columns: number[][] = []
  let start = Number.NEGATIVE_INFINITY
  for (const at of order) {
    const x = dots[at]?.x ?? 0
    if (x - start >= width) {
      start = x
      columns.push([])
    }
    columns.at(-1)?.push(at)
  }
  return columns
}

/**
 * Places of methods that no other beats: none has as few frames or fewer with a higher F1, or fewer with as high a one. Of equals all.
 */
export function bestTrades(methods: readonly { readonly frames: number; readonly f1: number }[]): ReadonlySet<number> {
  const beats = (a: (typeof methods)[number], b: (typeof methods)[number]) =>
    a.frames <= b.frames && a.f1 >= b.f1 && (a.frames < b.frames || a.f1 > b.f1)
  return new Set(methods.flatMap((method, at) => (methods.some((other) => beats(other, method)) ? [] : [at])))
}

/** The highest tick of an axis from 0 that holds `value`, and its step: 1, 2 or 5 times a power of ten, about five of them. */
export function axisOf(value: number): { readonly top: number; readonly step: number } {
  if (!(value > 0)) return { top: 1, step: 0.2 }
  const raw = value / 5
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw - 1e-12) ?? 10) * power
  return { top: Math.ceil(value / step - 1e-9) * step, step }
}

/** Ticks from 0 to the top. */
export function ticksOf({ top, step }: { readonly top: number; readonly step: number }): number[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_, at) => Number((at * step).toPrecision(12)))
}
