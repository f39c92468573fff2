/** Which models a stage asks by these settings: not always those of its role, because a selector may take the place of a writer. */
import { type PipelineSettings, type ProviderRef, refsOf, type SelectorSettings } from './settings'
import { roleOf, type StageName } from './stages'

/** Whether the selector compares captions with the question, or with each other. */
export function readsText({ method, weights }: SelectorSettings): boolean {
  return weights.text > 0 || method === 'lifo'
}

/** The selector's own eyes are the embedded detector, whoever draws boxes in this project. */
const DETECTOR: ProviderRef = { provider: 'embedded', model: 'ssd-coco', parameters: {} }

function refsOfSelector(selector: SelectorSettings, settings: PipelineSettings): ProviderRef[] {
  const refs = [DETECTOR]
  if (readsText(selector)) refs.push(settings.roles.embedder)
  const { weights, visionModel } = selector
  if (weights.vision > 0 && visionModel !== null) refs.push({ provider: 'onnx', model: visionModel, parameters: {} })
  return refs
}

/** In a stable order; none for a stage that asks no model. */
export function refsOfStage(stage: StageName, settings: PipelineSettings): readonly ProviderRef[] {
  if (stage === 'pick-core-frames' && settings.selector !== null) return refsOfSelector(settings.selector, settings)
  const role = roleOf(stage)
  return role === null ? [] : refsOf(settings, role)
}
