'use client'

import { useMemo, useState } from 'react'
import { equalValues } from '@/core/equal'
import { checkSettings, type SettingsProblem } from '@/core/pipeline/check-settings'
import { named, withPreset } from '@/core/pipeline/preset-choice'
import { type PipelineSettings, type PresetName, pipelineSettingsSchema } from '@/core/pipeline/settings'

/** Settings while they are edited: what they will be, whether they differ from what is kept, and what is wrong with them. */
export type SettingsDraft = {
  readonly settings: PipelineSettings
  readonly isChanged: boolean
  readonly problems: readonly SettingsProblem[]
  readonly change: (part: Partial<PipelineSettings>) => void
  readonly takePreset: (preset: PresetName) => void
  readonly reset: () => void
  /** Messages of one setting, by the beginning of its path. */
  readonly problemsOf: (path: string) => readonly string[]
}

export function useSettingsDraft(kept: PipelineSettings): SettingsDraft {
  const [settings, setSettings] = useState(kept)
  const problems = useMemo(() => {
    const shape = pipelineSettingsSchema.safeParse(settings)
    const shapeProblems = shape.success ? [] : shape.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return [...shapeProblems, ...checkSettings(settings)]
  }, [settings])
  return {
    settings,
    isChanged: !equalValues(settings, kept),
    problems,
    change: (part) => setSettings((before) => named({ ...before, ...part })),
    takePreset: (preset) => setSettings((before) => withPreset(before, preset)),
    reset: () => setSettings(kept),
    problemsOf: (path) =>
      problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`)).map(({ message }) => message),
  }
}
