/** Geometry of the still: how the coded picture is turned and stretched to what a player shows. Pure. */

/**
 * Reads FFmpeg's 3×3 display matrix (nine little-endian int32, 16.16 fixed point) exactly as the ffmpeg program does when
 * it rotates automatically: `rotation` = clockwise quarter turns, `turns` = the filters that apply turn and mirroring.
 * Odd angles are rounded to the next quarter turn, as players do.
 */
export function orientationOf(matrix) {
  if (!matrix || matrix.length < 36) return { rotation: 0, turns: [] }
  const at = (i) => matrix.readInt32LE(i * 4)
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)]
  const scaleX = Math.hypot(a, c)
  const scaleY = Math.hypot(b, d)
  if (scaleX === 0 || scaleY === 0) return { rotation: 0, turns: [] }
  const degrees = (Math.atan2(b / scaleY, a / scaleX) * 180) / Math.PI
  const rotation = (((Math.round(degrees / 90) * 90) % 360) + 360) % 360
  if (rotation === 90) return { rotation, turns: [c > 0 ? 'transpose=cclock_flip' : 'transpose=clock'] }
  if (rotation === 270) return { rotation, turns: [c < 0 ? 'transpose=clock_flip' : 'transpose=cclock'] }
  if (rotation === 0) return { rotation, turns: d < 0 ? ['vflip'] : [] }
  const turns = [...(a < 0 ? ['hflip'] : []), ...(d < 0 ? ['vflip'] : [])]
  return { rotation: turns.length === 2 ? 180 : 0, turns }
}

/** `av_guess_sample_aspect_ratio`: the container's value wins over the codec's; nonsense is 1:1. */
export function usableSar(containerSar, frameSar) {
  for (const sar of [containerSar, frameSar]) {
    if (sar && sar.num > 0 && sar.den > 0) return reduce(sar.num, sar.den)
  }
  return [1, 1]
}

function reduce(num, den) {
  let [x, y] = [num, den]
  while (y !== 0) [x, y] = [y, x % y]
  return [num / x, den / x]
}

/** Size of the still: one side is enlarged, never shrunk, so no decoded pixel is lost; then the turn swaps the sides. */
export function displaySize(codedWidth, codedHeight, sar, rotation) {
  const ratio = sar[0] / sar[1]
  const wide = ratio > 1 ? Math.max(1, Math.round(codedWidth * ratio)) : codedWidth
  const tall = ratio < 1 ? Math.max(1, Math.round(codedHeight / ratio)) : codedHeight
  return rotation % 180 === 0 ? { width: wide, height: tall } : { width: tall, height: wide }
}
