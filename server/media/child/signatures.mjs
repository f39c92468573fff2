/** Small grey pictures, for finding a supplied still in the video. */
import { Picture } from './picture.mjs'
import { Source } from './source.mjs'

/** Pictures sent away together: what is held here does not grow with the video. */
const BLOCK_FRAMES = 1024

/** All frames in one pass: `size`² bytes each, in presentation order, in parts of up to `BLOCK_FRAMES`. */
export function signatures({ path, demuxer, limits, size }, reply) {
  const source = new Source(path, demuxer, limits)
  const bytes = size * size
  const block = Buffer.alloc(BLOCK_FRAMES * bytes)
  let picture = null
  let count = 0
  let held = 0
  const sendBlock = () => {
    reply.part({ count: held }, block.subarray(0, held * bytes))
    held = 0
  }
  try {
    for (let frame = source.next(); frame; frame = source.next()) {
      picture ??= Picture.gray(source.displayOf(frame), size)
      block.set(picture.render(frame).data, held * bytes)
      count++
      if (++held === BLOCK_FRAMES) sendBlock()
      reply.progress({ done: count })
    }
    if (held > 0) sendBlock()
    return { result: { count, size } }
  } finally {
    picture?.close()
    source.close()
  }
}
