/** Job `run-selector-report`: the id is a row of `SelectorReport`. What was chosen is kept video by video, the figures come last. */
import { getFrameTable } from '@/server/media/frame-tables'
import { getCandidates } from '@/server/queries/get-candidates'
import { readReviewed } from '@/server/selection/reviewed-samples'
import { trackReport } from '@/server/selection/track-report'
import { openFrameReader } from './frame-reader'
import { embeddedDetector } from './models/embedded-detector'
import { embeddedEmbedder, embeddedTokenizer } from './models/embedded-embedder'
import { lookAtReviewed, type ReportModels } from './report-video'
import { openVision } from './select-frames-vision'

async function openModels(isVision: boolean): Promise<ReportModels> {
  const [detector, embedder, tokenizer] = await Promise.all([embeddedDetector(), embeddedEmbedder(), embeddedTokenizer()])
  return { detector, embedder, tokenizer, vision: isVision ? await openVision(() => undefined) : null }
}

export async function run(id: string, signal: AbortSignal): Promise<void> {
  let models: Promise<ReportModels> | undefined
  await trackReport(id, signal, async (video, options, stop) => {
    models ??= openModels(options.weights.vision > 0)
    // The models come first: when one is missing the report fails and says so, instead of leaving out every video.
    const opened = await models
    const open = async () => ({
      table: await getFrameTable(video.sha256),
      candidates: await getCandidates(video),
      reader: await openFrameReader(video.sha256, stop),
    })
    return lookAtReviewed({ samples: readReviewed(video), open }, opened, options, stop)
  })
}
