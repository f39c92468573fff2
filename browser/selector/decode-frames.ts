/** Frames decoded by the browser itself (WebCodecs, by way of mediabunny), from the file that the review screen plays. */
import { Input, type InputVideoTrack, MATROSKA, MP4, QTFF, UrlSource, type VideoSample, VideoSampleSink, WEBM } from 'mediabunny'
import type { FrameTable } from '@/core/frame-table'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { getTag, mediaUrls } from '../api'
import type { CandidatePicture, FrameSource, OnPicture } from './candidate-picture'
import { type FrameTimes, timesOf } from './frame-times'

/** What the player is given; a video of another format has a copy in one of them. */
const FORMATS = [MP4, QTFF, WEBM, MATROSKA]
/** Tries of one request beside the first; the stills are there for what the line does not give. */
const RETRIES = 2
const RETRY_SEC = 0.3
/** Bytes of the file that are held in memory. */
const MAX_FILE_CACHE = 32 * 1024 * 1024

const NO_CODECS = 'This browser decodes no video outside of its player.'
const NO_TRACK = 'The browser finds no video in the file that it decodes.'
const OTHER_CLOCK = 'The times in the file are not those of its frame table.'
const TURNED = 'The browser would turn the pictures of this file in another way.'

/**
 * Frames that lie close together are decoded in one go, those far apart are sought: each packet is decoded once at most, and where a
 * key frame lies between two frames decoding begins again there. A picture whose time is not that of the frame is left out.
 */
export const decodeFrames: FrameSource = async ({ projectId, video, table }, frames, onPicture, signal) => {
  if (typeof VideoDecoder === 'undefined') return NO_CODECS
  const url = mediaUrls.videoFileUrl(projectId, video.id)
  // The player's copy, where there is one, is another file: upright, and its clock begins at zero.
  const isCopy = (await getTag(url, { signal })) !== video.sha256
  const source = new UrlSource(new URL(url, location.origin), {
    getRetryDelay: (tries) => (tries < RETRIES && !signal.aborted ? RETRY_SEC : null),
    maxCacheSize: MAX_FILE_CACHE,
    // Of reading ahead: whoever needs the bytes hears of it.
    handleUnhandledError: () => undefined,
  })
  const input = new Input({ source, formats: FORMATS })
  const stop = () => input.dispose()
  signal.addEventListener('abort', stop)
  try {
    const track = await input.getPrimaryVideoTrack()
    if (track === null || !(await track.canDecode())) return NO_TRACK
    if ((await track.getRotation()) !== (isCopy ? 0 : table.rotation)) return TURNED
    const times = timesOf(table, await track.getFirstTimestamp())
    if (times === null) return OTHER_CLOCK
    await decodeTrack(track, { table, times }, frames, onPicture)
    return null
  } finally {
    signal.removeEventListener('abort', stop)
    input.dispose()
  }
}

type Clock = { readonly table: FrameTable; readonly times: FrameTimes }

async function decodeTrack(
  track: InputVideoTrack,
  { table, times }: Clock,
  frames: readonly SampledFrame[],
  onPicture: OnPicture,
): Promise<void> {
  const samples = new VideoSampleSink(track).samplesAtTimestamps(frames.map(({ index }) => times.middleOf(index)))
  try {
    for (const frame of frames) {
      const { value: sample } = await samples.next()
      if (sample === undefined || sample === null) continue
      const picture = pictureOf(sample, frame, table)
      try {
        if (times.isFrame(frame.index, sample.timestamp)) await onPicture(picture)
      } finally {
        picture.close()
      }
    }
  } finally {
    // Closes what was decoded ahead.
    await samples.return()
  }
}

function pictureOf(sample: VideoSample, frame: SampledFrame, { width, height }: FrameTable): CandidatePicture & { close(): void } {
  let source: VideoFrame | ImageBitmap | null = null
  return {
    ...{ frame, width, height },
    draw: (context, toWidth, toHeight) => sample.draw(context, 0, 0, toWidth, toHeight),
    get source() {
      source ??= sample.rotation === 0 && !sample.flip ? sample.toVideoFrame() : uprightOf(sample, { width, height })
      return source
    },
    close() {
      source?.close()
      sample.close()
    },
  }
}

function uprightOf(sample: VideoSample, { width, height }: Pick<FrameTable, 'width' | 'height'>): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('The browser gave no canvas.')
  sample.draw(context, 0, 0, width, height)
  return canvas.transferToImageBitmap()
}
