/** Small grey pictures, for finding a supplied still in the video. */
import { Picture } from './picture.mjs'
import { Source } from './source.mjs'

/** All frames in one pass: `size`² bytes each, in presentation order, concatenated. */
export function signatures({ path, demuxer, limits, size }, reply) {
  const source = new Source(path, demuxer, limits)
  let picture = null
  const parts = []
  try {
    for (let frame = source.next(); frame; frame = source.next()) {
      picture ??= Picture.gray(source.displayOf(frame), size)
      parts.push(picture.render(frame).data)
      reply.progress({ done: parts.length })
    }
    return { result: { count: parts.length, size }, binary: Buffer.concat(parts) }
  } finally {
    picture?.close()
    source.close()
  }
}
