/** "Test this provider": one tiny real call in the role it is meant for, and what it answered in words. */
import { AppError } from '@/core/errors'
import { frameIndexSchema } from '@/core/ids'
import type { Caption, QaPair } from '@/core/pipeline/outputs'
import type { PipelineSettings, ProviderRef } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'
import { openErrandDesk } from './errand-desk'
import { resolveRoles } from './models/resolve-roles'
import type { FramePicture, GroupView, RoleModels } from './models/roles'
import { testPicture } from './test-picture'

export type ProviderAnswer = { readonly answer: string; readonly latencyMs: number; readonly costMicroUsd: number | null }

const FRAME = { index: frameIndexSchema.parse(0), pts: 0, timeSec: 0 }
const SHOT = { startIndex: FRAME.index, endIndex: FRAME.index, motion: 0, fps: 1 }
const CAPTIONS: readonly Caption[] = [
  { frameIndex: FRAME.index, text: 'A person holds a red cup.', facts: null },
  { frameIndex: frameIndexSchema.parse(30), text: 'The red cup lies broken on the floor.', facts: null },
]
const GROUP: GroupView = { position: 0, captions: CAPTIONS }
const PAIR: QaPair = { key: 'test', group: 0, question: 'Why is the cup broken?', answer: 'The person dropped it.', support: null }

/** @throws AppError what the provider fails with */
export async function tryProvider(
  projectId: string,
  role: ModelRole,
  ref: ProviderRef,
  settings: PipelineSettings,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  const desk = openErrandDesk(projectId, settings, signal)
  const filled = role === 'judge' ? { ...settings, judges: [ref, ref] } : { ...settings, roles: { ...settings.roles, [role]: ref } }
  const models = resolveRoles(filled, desk, { signal })
  const startedAt = performance.now()
  const answer = await ask(role, models)
  return { answer, latencyMs: Math.round(performance.now() - startedAt), costMicroUsd: desk.cost() }
}

async function ask(role: ModelRole, models: RoleModels): Promise<string> {
  const picture = await testPicture()
  switch (role) {
    case 'captioner': {
      const captions = await (await models.captioner()).caption([FRAME], [SHOT], readerOf(picture), 1)
      return captions[0]?.text ?? 'no caption'
    }
    case 'embedder': {
      const embedder = await models.embedder()
      const [one, two] = await embedder.embed(CAPTIONS.map((caption) => caption.text))
      if (one === undefined || two === undefined) throw new AppError('model_bad_answer', 'The embedder gave fewer vectors than texts.')
      const cosine = one.reduce((sum, value, position) => sum + value * (two[position] ?? 0), 0)
      return `${embedder.dimensions} dimensions; two test captions have a similarity of ${cosine.toFixed(3)}`
    }
    case 'qa-writer': {
      const pairs = await (await models.qaWriter()).writePairs(GROUP, 1)
      return pairs[0] === undefined ? 'no question for the test captions' : `${pairs[0].question} ${pairs[0].answer}`
    }
    case 'judge': {
      const judgement = await (await models.judges())[0]?.judge(PAIR, GROUP)
      return judgement === undefined ? 'no judgement' : `${judgement.verdict}: ${judgement.reason}`
    }
    case 'cot-writer': {
      const task = await (await models.cotWriter()).classifyTask({ pair: PAIR, group: GROUP })
      return `task of the test question: ${task.task}`
    }
    case 'detector': {
      const [found] = await (await models.detector()).detect(picture, ['cup'], { box: 0.3, text: 0.25 })
      return found?.reason ?? `${found?.boxes.length ?? 0} boxes for “cup” on the test picture`
    }
    case 'verifier': {
      const rect = { x: 0, y: 0, w: picture.width, h: picture.height }
      const [check] = await (await models.verifier()).verify(picture, [{ rect, phrase: 'cup' }], ['cup'])
      return check?.agreement == null ? (check?.note ?? 'no agreement') : `agreement ${check.agreement.toFixed(3)}. ${check.note}`
    }
  }
}

function readerOf(picture: FramePicture) {
  const { width, height } = picture
  return { width, height, read: (_frames: unknown, onPicture: (picture: FramePicture) => Promise<void>) => onPicture(picture) }
}
