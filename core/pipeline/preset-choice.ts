/** Choosing a preset, and telling which one some settings are. */
import { equalValues } from '../equal'
import { type PipelineSettings, PRESETS, type PresetName } from './settings'

/** The same settings under their right name: whatever differs from every preset is `custom`. */
export function named(settings: PipelineSettings): PipelineSettings {
  const preset = Object.values(PRESETS).find((known) => equalValues({ ...known, preset: '' }, { ...settings, preset: '' }))
  return { ...settings, preset: preset?.preset ?? 'custom' }
}

/**
 * The settings of a preset with what belongs to the project and not to any preset kept: its prices, its forks of prompts, and the
 * sampling rules of single videos.
 */
export function withPreset(before: PipelineSettings, preset: PresetName): PipelineSettings {
  const { prices, prompts, samplingByVideo } = before
  return named({ ...PRESETS[preset], prices, prompts, samplingByVideo })
}
