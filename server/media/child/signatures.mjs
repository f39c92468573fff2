/** Small grey pictures, for finding a supplied still in the video. */
import { Picture } from './picture.mjs'
import { Source } from './source.mjs'

/** Sent away together: what is held here grows neither with the video nor with the size asked for. */
const BLOCK_BYTES = 1024 * 1024

/** All frames in one pass: `size`² bytes each, in presentation order, in parts of `BLOCK_BYTES`, at least one picture each. */
export function signatures({ path, demuxer, limits, size }, reply) {
  const source = new Source(path, demuxer, limits)
  const bytes = size * size
  const most = Math.max(1, Math.floor(BLOCK_BYTES / bytes))
  const block = Buffer.alloc(most * bytes)
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
      if (++held === most) sendBlock()
      reply.progress({ done: count })
    }
    if (held > 0) sendBlock()
    return { result: { count, size } }
  } finally {
    picture?.close()
    source.close()
  }
}
