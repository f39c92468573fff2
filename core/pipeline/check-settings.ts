/**
 * Whether settings of a pipeline can work at all. The schema says that each value is well formed; this says that they fit
 * together: a model can do what its role asks, and what one stage needs the stage before can give.
 */
import { modelParametersSchema } from './model-parameters'
import { isPromptId } from './prompts/prompt-table'
import { checkFork } from './prompts/render-prompt'
import { samplingFor } from './sampling'
import type { PipelineSettings, ProviderRef } from './settings'
import { allRefs } from './settings'
import type { ModelRole } from './stages'

/** `path` leads to the setting (dots between keys, as in `roles.captioner`), `message` says what to do, in one or two sentences. */
export type SettingsProblem = { readonly path: string; readonly message: string }

/** What ships with Crema, by role. Judges work together with the template writer, whose facts they check. */
export const EMBEDDED_MODELS: Readonly<Record<ModelRole, readonly string[]>> = {
  captioner: ['detector-caption'],
  embedder: ['use-lite'],
  'qa-writer': ['templates'],
  judge: ['rules', 'second-scorer'],
  'cot-writer': ['templates'],
  detector: ['ssd-coco'],
  verifier: ['second-look'],
}

const ONNX_ROLES: ReadonlySet<ModelRole> = new Set(['embedder', 'detector', 'verifier'])

/** Every problem found, in the order of the settings; empty when a run may start. Pure. */
export function checkSettings(settings: PipelineSettings): readonly SettingsProblem[] {
  return [
    ...namedRefs(settings).flatMap(({ path, role, ref }) => refProblems(path, role, ref)),
    ...templateProblems(settings),
    ...judgeProblems(settings),
    ...numberProblems(settings),
    ...selectorProblems(settings),
    ...promptProblems(settings),
  ]
}

function namedRefs(settings: PipelineSettings) {
  let judge = 0
  return allRefs(settings).map(({ role, ref }) => ({ path: role === 'judge' ? `judges.${judge++}` : `roles.${role}`, role, ref }))
}

function refProblems(path: string, role: ModelRole, ref: ProviderRef): SettingsProblem[] {
  const refuse = (message: string) => [{ path, message }]
  if (ref.provider === 'embedded') {
    const known = EMBEDDED_MODELS[role]
    return known.includes(ref.model) ? [] : refuse(`"${ref.model}" is no embedded ${role}. Take ${known.join(' or ')}.`)
  }
  if (ref.provider === 'onnx') {
    return ONNX_ROLES.has(role) ? [] : refuse(`A registered ONNX model cannot be the ${role}. Take a language model or the embedded one.`)
  }
  if (role === 'verifier')
    return refuse('A language model cannot be the verifier. Take a registered CLIP or SigLIP model or the embedded one.')
  if (role === 'embedder' && ref.provider === 'anthropic')
    return refuse('Anthropic has no embeddings. Take another provider for the embedder.')
  return parameterProblems(path, ref)
}

function parameterProblems(path: string, ref: ProviderRef): SettingsProblem[] {
  const parsed = modelParametersSchema.safeParse(ref.parameters)
  if (parsed.success) return []
  const known = Object.keys(modelParametersSchema.shape).join(', ')
  return parsed.error.issues.map((issue) => ({
    path: [path, 'parameters', ...issue.path].join('.'),
    message: `${issue.message}. A language model may be given ${known}.`,
  }))
}

/** The template writers speak of facts that only the embedded captioner gathers, and only of pairs that the template writer made. */
function templateProblems(settings: PipelineSettings): SettingsProblem[] {
  const isEmbedded = (role: 'captioner' | 'qa-writer' | 'cot-writer') => settings.roles[role].provider === 'embedded'
  const problems: SettingsProblem[] = []
  if (isEmbedded('qa-writer') && !isEmbedded('captioner')) {
    problems.push({
      path: 'roles.qa-writer',
      message: 'The template writer needs the facts of the embedded captioner. Make the captioner embedded, or take a language model here.',
    })
  }
  if (isEmbedded('cot-writer') && !isEmbedded('qa-writer')) {
    problems.push({
      path: 'roles.cot-writer',
      message:
        'The template writer can only explain questions it wrote itself. Make the qa-writer embedded, or take a language model here.',
    })
  }
  return problems
}

function judgeProblems(settings: PipelineSettings): SettingsProblem[] {
  const names = settings.judges.map((judge) => `${judge.provider}/${judge.model}`)
  const twin = names.findIndex((name, place) => names.indexOf(name) !== place)
  if (twin === -1) return []
  return [
    { path: `judges.${twin}`, message: `${names[twin]} judges twice. Judges are a second opinion only if they are not the same model.` },
  ]
}

function numberProblems(settings: PipelineSettings): SettingsProblem[] {
  const problems: SettingsProblem[] = []
  const { sampling, coreFrames } = settings
  const rules = [
    { path: 'sampling', rule: sampling },
    ...Object.keys(settings.samplingByVideo).map((video) => ({ path: `samplingByVideo.${video}`, rule: samplingFor(settings, video) })),
  ]
  for (const { path, rule } of rules) {
    if (rule.staticFps > rule.dynamicFps || rule.dynamicFps > rule.maxFps) {
      problems.push({ path, message: 'The rates must grow: static, then dynamic, then the highest.' })
    }
    if (rule.dynamicFrom > rule.fastFrom) {
      problems.push({ path, message: 'Motion that counts as dynamic must not lie above the motion that takes the highest rate.' })
    }
  }
  if (coreFrames.min > coreFrames.max) {
    problems.push({ path: 'coreFrames', message: 'The smallest number of core frames lies above the largest.' })
  }
  return problems
}

/** Objects alone leave questions without an answer that name nothing the detector knows. */
function selectorProblems({ selector }: PipelineSettings): SettingsProblem[] {
  if (selector === null) return []
  const { text, vision } = selector.weights
  if (!(text > 0) && !(vision > 0)) {
    const message = 'Let text or vision count as well: a question that names nothing the embedded detector knows has no objects to go by.'
    return [{ path: 'selector.weights', message }]
  }
  if (!(vision > 0) || selector.visionModel !== null) return []
  return [
    {
      path: 'selector.visionModel',
      message: 'Name the registered dual encoder (CLIP or SigLIP) that vision goes by, or give vision no weight.',
    },
  ]
}

function promptProblems(settings: PipelineSettings): SettingsProblem[] {
  return Object.entries(settings.prompts).flatMap(([id, text]) => {
    const path = `prompts.${id}`
    if (!isPromptId(id)) return [{ path, message: `There is no prompt "${id}".` }]
    return checkFork(id, text).map((message) => ({ path, message }))
  })
}
