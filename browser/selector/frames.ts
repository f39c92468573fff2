/**
 * Pictures of candidate frames in the browser: decoded from the video file where the browser can, else the stills of the server. The
 * picture that is handed on is the frame that it is called, by the frame table (invariant 1).
 */
import { frameAt } from '@/core/frame-table'
import type { SampledFrame } from '@/core/pipeline/outputs'
import type { FrameSource, FramesRequest, OnPicture, ReadFrames } from './candidate-picture'
import { decodeFrames } from './decode-frames'
import { readStills } from './still-frames'

const NOT_DECODED = 'The browser could not decode them.'
const OTHER_PICTURES = 'The file has no pictures at their times.'

/**
 * Each of `frames` (time order, each once) is handed on once; those that had to come as stills last.
 *
 * @throws AppError frame_out_of_range, and the server's code where a still cannot be had; what `onPicture` throws; the signal's reason
 */
export async function readCandidates(
  request: FramesRequest,
  frames: readonly SampledFrame[],
  onPicture: OnPicture,
  signal: AbortSignal,
  sources: { readonly decoded: FrameSource; readonly stills: FrameSource } = { decoded: decodeFrames, stills: readStills },
): Promise<ReadFrames> {
  for (const { index } of frames) frameAt(request.table, index)
  const seen = new Set<number>()
  const failures: unknown[] = []
  const passOn: OnPicture = async (picture) => {
    signal.throwIfAborted()
    await onPicture(picture).catch((thrown: unknown) => {
      failures.push(thrown)
      throw thrown
    })
    seen.add(picture.frame.index)
  }
  signal.throwIfAborted()
  // A file that the browser cannot decode is no failure; one of the caller's is.
  const why = await sources.decoded(request, frames, passOn, signal).catch(() => NOT_DECODED)
  signal.throwIfAborted()
  if (failures.length > 0) throw failures[0]
  const decoded = seen.size
  const left = frames.filter(({ index }) => !seen.has(index))
  if (left.length === 0) return { decoded, stills: 0, stillsBecause: null }
  await sources.stills(request, left, passOn, signal)
  return { decoded, stills: left.length, stillsBecause: why ?? OTHER_PICTURES }
}
