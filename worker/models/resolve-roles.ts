/**
 * Who fills each role, by the settings of a run. Nothing is loaded before it is asked for: a stage that needs an embedder does
 * not wait for the SDK of a language model, nor the other way round.
 */
import { AppError } from '@/core/errors'
import type { PipelineSettings, ProviderRef } from '@/core/pipeline/settings'
import { readsText } from '@/core/pipeline/stage-refs'
import type { ModelRole } from '@/core/pipeline/stages'
import { env } from '@/server/env'
import type { ModelAccess } from './ask-model'
import type { ProviderClients } from './provider-client'
import type { CallDesk, Captioner, CotWriter, Detector, Embedder, FrameSelector, Judge, QaWriter, RoleModels, Verifier } from './roles'

export type RoleDeps = {
  /** Ends calls to models when the task is taken away. */
  readonly signal: AbortSignal
  /** Ways to the providers; those of the worker's environment where they are left out. */
  readonly clients?: ProviderClients
}

/**
 * Each function throws AppError when it is called, not before: bad_setting (no key, no such server), invalid_input (a model that
 * cannot do this), missing_file or bad_file (a model that is not there).
 */
export function resolveRoles(settings: PipelineSettings, desk: CallDesk, deps: RoleDeps): RoleModels {
  const { roles } = settings
  const access = () => openAccess(settings, desk, deps)
  return {
    captioner: () => captionerOf(roles.captioner, access),
    embedder: () => embedderOf(roles.embedder, access),
    qaWriter: () => qaWriterOf(roles['qa-writer'], access),
    judges: () => Promise.all(settings.judges.map((ref) => judgeOf(ref, access))),
    cotWriter: () => cotWriterOf(roles['cot-writer'], access),
    detector: () => detectorOf(roles.detector, access, settings.detection.maxBoxes),
    verifier: () => verifierOf(roles.verifier),
    selector: () => selectorOf(settings, () => embedderOf(roles.embedder, access)),
  }
}

type OpenAccess = () => Promise<ModelAccess>

async function openAccess(settings: PipelineSettings, desk: CallDesk, deps: RoleDeps): Promise<ModelAccess> {
  const stoppable: CallDesk = {
    call: (request, perform) => desk.call(request, (signal) => perform(AbortSignal.any([signal, deps.signal]))),
  }
  return { desk: stoppable, clients: deps.clients ?? (await clientsOfWorker()), prompts: settings.prompts }
}

async function clientsOfWorker(): Promise<ProviderClients> {
  const [client, provider] = await Promise.all([import('./provider-client'), import('./provider-settings')])
  return client.createProviderClients(provider.readProviderSettings(process.env, env.modelServers))
}

async function captionerOf(ref: ProviderRef, access: OpenAccess): Promise<Captioner> {
  if (ref.provider === 'embedded') {
    expectModel('captioner', ref, 'detector-caption')
    const [{ templateCaptioner }, { embeddedDetector }] = await Promise.all([import('./template-captioner'), import('./embedded-detector')])
    return templateCaptioner(await embeddedDetector())
  }
  if (ref.provider === 'onnx') throw cannot('captioner', ref)
  return (await import('./language-captioner')).createLanguageCaptioner(ref, await access())
}

async function embedderOf(ref: ProviderRef, access: OpenAccess): Promise<Embedder> {
  if (ref.provider === 'embedded') {
    expectModel('embedder', ref, 'use-lite')
    return (await import('./embedded-embedder')).embeddedEmbedder()
  }
  if (ref.provider === 'onnx') return (await import('./registered-embedder')).registeredEmbedder(ref.model)
  return (await import('./language-embedder')).createLanguageEmbedder(ref, await access())
}

async function qaWriterOf(ref: ProviderRef, access: OpenAccess): Promise<QaWriter> {
  if (ref.provider === 'embedded') {
    expectModel('qa-writer', ref, 'templates')
    return (await import('./template-writer')).templateWriter()
  }
  if (ref.provider === 'onnx') throw cannot('qa-writer', ref)
  return (await import('./language-qa-writer')).createLanguageQaWriter(ref, await access())
}

async function judgeOf(ref: ProviderRef, access: OpenAccess): Promise<Judge> {
  if (ref.provider === 'embedded') {
    const { ruleJudge } = await import('./rule-judge')
    if (ref.model === 'rules' || ref.model === 'second-scorer') return ruleJudge(ref.model)
    throw cannot('judge', ref)
  }
  if (ref.provider === 'onnx') throw cannot('judge', ref)
  return (await import('./language-judge')).createLanguageJudge(ref, await access())
}

async function cotWriterOf(ref: ProviderRef, access: OpenAccess): Promise<CotWriter> {
  if (ref.provider === 'embedded') {
    expectModel('cot-writer', ref, 'templates')
    return (await import('./template-cot-writer')).templateCotWriter()
  }
  if (ref.provider === 'onnx') throw cannot('cot-writer', ref)
  return (await import('./language-cot-writer')).createLanguageCotWriter(ref, await access())
}

async function detectorOf(ref: ProviderRef, access: OpenAccess, maxBoxes: number): Promise<Detector> {
  if (ref.provider === 'embedded') {
    expectModel('detector', ref, 'ssd-coco')
    return (await import('./embedded-detector')).embeddedDetector()
  }
  if (ref.provider === 'onnx') return (await import('./registered-detector')).registeredDetector(ref.model)
  return (await import('./language-detector')).createLanguageDetector(ref, await access(), maxBoxes)
}

async function verifierOf(ref: ProviderRef): Promise<Verifier> {
  if (ref.provider === 'embedded') {
    expectModel('verifier', ref, 'second-look')
    return (await import('./embedded-verifier')).embeddedVerifier()
  }
  if (ref.provider === 'onnx') return (await import('./registered-verifier')).registeredVerifier(ref.model)
  throw cannot('verifier', ref)
}

async function selectorOf({ selector }: PipelineSettings, embedder: () => Promise<Embedder>): Promise<FrameSelector> {
  if (selector === null) throw new AppError('internal', 'The settings of this run name no selector; its writer picks the core frames.')
  const [{ frameSelector }, { embeddedDetector }, { registeredDualEncoder }] = await Promise.all([
    import('./frame-selector'),
    import('./embedded-detector'),
    import('./registered-dual-encoder'),
  ])
  const { weights, visionModel } = selector
  return frameSelector(selector, {
    detector: await embeddedDetector(),
    embedder: readsText(selector) ? await embedder() : null,
    vision: weights.vision > 0 && visionModel !== null ? await registeredDualEncoder(visionModel) : null,
  })
}

function expectModel(role: ModelRole, ref: ProviderRef, model: string): void {
  if (ref.model !== model) throw cannot(role, ref)
}

function cannot(role: ModelRole, ref: ProviderRef): AppError {
  return new AppError(
    'invalid_input',
    `${ref.provider}/${ref.model} cannot be the ${role}. Choose another provider in the settings of the pipeline.`,
    {
      role,
      provider: ref.provider,
      model: ref.model,
    },
  )
}
