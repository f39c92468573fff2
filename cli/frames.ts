import { frameAt, frameCount } from '@/core/frame-table'
import { readFrameTable } from '@/server/media/inspect-media'
import { defineCommand } from './arguments'
import { nameFile } from './name-file'

export const command = defineCommand({
  summary: 'list the exact frames of a video: index, pts, time, key frame',
  options: { video: { type: 'string', summary: 'the video file', placeholder: 'FILE', isRequired: true } },
  needsDatabase: false,
  async run({ video }, io) {
    const table = await nameFile(video, () => readFrameTable(io.path(video), { signal: io.signal }))
    const { timeBase, width, height, rotation, sar } = table
    const frames = table.pts.map((_, position) => {
      const { index, pts, timeSec, key } = frameAt(table, position)
      return { index, pts, timeSec, key }
    })
    const lines = frames.map((frame) => `${frame.index}\t${frame.pts}\t${frame.timeSec.toFixed(6)}\t${frame.key ? 'key' : ''}`.trimEnd())
    const head = `${frames.length} frames, ${width}x${height}, time base ${timeBase.join('/')}, rotation ${rotation}, sar ${sar.join(':')}`
    io.result(
      { count: frameCount(table), timeBase, width, height, rotation, sar, frames },
      [head, 'index\tpts\tseconds\tkey', ...lines].join('\n'),
    )
    return 0
  },
})
