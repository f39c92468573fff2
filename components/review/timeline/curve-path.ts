/** A curve as SVG path data, in a picture 1000 wide. */

/** `share` = place on the bar, `value` = height, both 0–1. */
export type CurvePoint = { readonly share: number; readonly value: number }

export const CURVE_WIDTH = 1000
/** Room above the highest and below the lowest value, in units of the picture. */
const MARGIN = 4

const tidy = (value: number) => String(Math.round(value * 10) / 10)
const within = (value: number) => Math.min(1, Math.max(0, value))

/** The line through the points, held to both ends of the bar. Empty for no point. */
export function curveLine(points: readonly CurvePoint[], height: number): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  const held = [{ ...first, share: 0 }, ...points, { ...last, share: 1 }]
  const place = ({ share, value }: CurvePoint) =>
    `${tidy(within(share) * CURVE_WIDTH)} ${tidy(height - MARGIN - within(value) * (height - 2 * MARGIN))}`
  return `M${held.map(place).join('L')}`
}

/** The area under the line. */
export function curveArea(points: readonly CurvePoint[], height: number): string {
  const line = curveLine(points, height)
  return line === '' ? '' : `${line}V${height}H0Z`
}
