/** Whether the frames a file names are those of the video at hand (invariant 1: an index alone names nothing). */
import { recordsOf } from '@/core/document'
import type { Flag } from '@/core/flags'
import type { ExportedFrame, VideoIdentity } from '@/core/formats/sample-facts'
import type { SampleDocument } from '@/core/records'
import type { KnownVideo } from './media-source'

type Claim = { readonly document: SampleDocument; readonly video: VideoIdentity | null; readonly frames: readonly ExportedFrame[] }

/** A flag for each core frame whose index and pts do not belong together in this video; F4, blocking. */
export async function frameMismatches(claim: Claim, video: KnownVideo | null): Promise<Flag[]> {
  if (video === null) return []
  const isSame = claim.video?.sha256 == null || claim.video.sha256 === video.sha256
  const table = await video.table()
  return recordsOf(claim.document, 'coreFrame').flatMap((frame): Flag[] => {
    if (frame.index === null) return []
    if (table.pts[frame.index] === frame.pts) {
      return isSame
        ? []
        : [
            flag(
              frame.id,
              'The video has other bytes than the one the file was made with; look whether this is still the frame meant.',
              false,
            ),
          ]
    }
    return [
      flag(
        frame.id,
        `The file says frame ${frame.index} at pts ${frame.pts}; this video has ${table.pts[frame.index] ?? 'no such frame'} there.`,
        true,
      ),
    ]
  })
}

function flag(recordId: Flag['recordId'], message: string, blocking: boolean): Flag {
  return { code: 'F4', recordId, message, blocking }
}
