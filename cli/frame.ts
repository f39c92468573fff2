import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { readStill } from '@/server/media/decode-stills'
import { encodePng, pixelSha256 } from '@/server/media/picture-files'
import { defineCommand } from './arguments'
import { nameFile } from './name-file'

export const command = defineCommand({
  summary: 'write one exact frame of a video as a PNG',
  options: {
    video: { type: 'string', summary: 'the video file', placeholder: 'FILE', isRequired: true },
    index: { type: 'integer', summary: 'frame index, 0 = the first frame', placeholder: 'N', isRequired: true },
    out: { type: 'string', summary: 'the PNG to write', placeholder: 'X.png', isRequired: true },
  },
  needsDatabase: false,
  async run({ video, index, out }, io) {
    const target = io.path(out)
    const picture = await nameFile(video, () => readStill(io.path(video), index, { signal: io.signal }))
    await writeWhole(target, await encodePng(picture))
    const { width, height, pts } = picture
    io.result(
      { index, pts, width, height, pixelSha256: pixelSha256(picture), out: target },
      `frame ${index} (pts ${pts}, ${width}x${height}) written to ${target}`,
    )
    return 0
  },
})

/** A reader never sees half a picture, and a failure leaves what was there. */
async function writeWhole(target: string, content: Buffer): Promise<void> {
  const temp = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.part`)
  try {
    await writeFile(temp, content)
    await rename(temp, target)
  } catch (cause) {
    await rm(temp, { force: true })
    throw new AppError(
      'invalid_input',
      `The picture cannot be written to ${target}. Name a file in a folder that exists and can be written.`,
      { field: '--out' },
      { cause },
    )
  }
}
