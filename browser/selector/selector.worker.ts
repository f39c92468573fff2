/** The module worker of the selector: models, pictures and vectors live here, so that the page never waits. */
import { getJson, mediaUrls } from '@/browser/api'
import { frameTableSchema } from '@/core/frame-table'
import { candidateFramesSchema } from '@/core/selection/candidate-frames'
import { readCandidates } from './frames'
import { openModelStore } from './models'
import { openSquare } from './picture-square'
import { openSelector } from './run-selector'
import { openRuntime } from './runtime'
import { holdRuntime } from './runtime-holder'
import { openSelectorCache } from './selector-cache'
import type { FromSelector, ToSelector } from './selector-messages'
import { serveSelector } from './serve-selector'
import { holdVision } from './vision-holder'

const models = openModelStore()
const selector = openSelector({
  runtimes: holdRuntime((wish, options) => openRuntime(wish, options, { models })),
  cache: openSelectorCache(),
  models: (signal) => models.list({ signal }),
  candidates: ({ projectId, video }, signal) => getJson(mediaUrls.candidatesUrl(projectId, video.id), candidateFramesSchema, { signal }),
  table: ({ projectId, video }, signal) => getJson(mediaUrls.framesUrl(projectId, video.id), frameTableSchema, { signal }),
  read: readCandidates,
  squareOf: openSquare(),
  vision: holdVision(),
  now: () => performance.now(),
})
const answer = serveSelector(selector, (message: FromSelector) => self.postMessage(message))
self.addEventListener('message', ({ data }: MessageEvent<ToSelector>) => void answer(data))
