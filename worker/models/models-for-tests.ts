/** For tests of adapters: a desk that remembers, clients of the scripted server, and frames without a video. */
import sharp from 'sharp'
import { type FrameIndex, frameIndexSchema } from '@/core/ids'
import type { ModelCallOutcome, ModelCallRequest } from '@/core/pipeline/model-call'
import type { Caption, SampledFrame } from '@/core/pipeline/outputs'
import { modelServersSchema } from '@/server/model-servers'
import type { ModelAccess } from './ask-model'
import { createProviderClients } from './provider-client'
import { readProviderSettings } from './provider-settings'
import type { CallDesk, FramePicture, FrameReader, GroupView } from './roles'

export type RecordingDesk = CallDesk & { readonly requests: ModelCallRequest[]; readonly outcomes: ModelCallOutcome[] }

/** Remembers answers by content as the engine does, through JSON, and writes down what it was asked. */
export function recordingDesk(signal = new AbortController().signal): RecordingDesk {
  const memo = new Map<string, string>()
  const requests: ModelCallRequest[] = []
  const outcomes: ModelCallOutcome[] = []
  return {
    requests,
    outcomes,
    async call(request, perform) {
      requests.push(request)
      const key = JSON.stringify([request.provider, request.model, request.content, request.parameters])
      const known = memo.get(key)
      if (known !== undefined) return JSON.parse(known)
      const outcome = await perform(signal)
      outcomes.push(outcome)
      memo.set(key, JSON.stringify(outcome.answer))
      return JSON.parse(JSON.stringify(outcome.answer))
    },
  }
}

/** An access whose keys and addresses come from `source`, as in a worker. */
export function accessFrom(source: Readonly<Record<string, string>>, desk: CallDesk, prompts: ModelAccess['prompts'] = {}): ModelAccess {
  const servers = modelServersSchema.parse(source.CREMA_MODEL_SERVERS ?? '')
  return { desk, clients: createProviderClients(readProviderSettings(source, servers)), prompts }
}

export const frameNo = (index: number): FrameIndex => frameIndexSchema.parse(index)

/** One frame a second at 25 frames a second. */
export function framesFor(count: number): SampledFrame[] {
  return Array.from({ length: count }, (_, second) => ({ index: frameNo(second * 25), pts: second * 25, timeSec: second }))
}

export async function pictureOf(frame: SampledFrame, width = 64, height = 36): Promise<FramePicture> {
  const raw = { width, height, channels: 3 as const }
  const rgb = Buffer.alloc(width * height * 3, Math.round(frame.timeSec * 40) % 256)
  return {
    frame,
    width,
    height,
    rgb,
    jpeg: (maxSide) => sharp(rgb, { raw }).resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true }).jpeg().toBuffer(),
  }
}

export function readerOf(width = 64, height = 36): FrameReader {
  return {
    width,
    height,
    async read(frames, onPicture) {
      for (const frame of frames) await onPicture(await pictureOf(frame, width, height))
    },
  }
}

export function groupOf(texts: readonly string[]): GroupView {
  const captions = texts.map((text, place): Caption => ({ frameIndex: frameNo(place * 25), text, facts: null }))
  return { position: 0, captions }
}
