'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { Skeleton } from '@/components/ui/skeleton'
import { motionPreviewSchema } from '@/core/pipeline/previews'
import { samplingFor } from '@/core/pipeline/sampling'
import type { SamplingSettings } from '@/core/pipeline/settings'
import { PreviewVideo } from './dedupe-part'
import { Problem, SettingsSection } from './field-row'
import { MotionCurve } from './motion-curve'
import { NumberField } from './number-field'
import type { SettingsDraft } from './settings-draft'

/** The rule by which frames are taken, of the project or of one video, on the motion that was measured. */
export function SamplingPart({ draft, projectId, canEdit }: { draft: SettingsDraft; projectId: string; canEdit: boolean }) {
  const { settings, change } = draft
  const [videoId, setVideoId] = useState('')
  const [scope, setScope] = useState<'project' | 'video'>('project')
  const preview = useQuery({
    queryKey: ['motion-preview', projectId, videoId],
    queryFn: ({ signal }) =>
      getJson(
        `/api/projects/${projectId}/pipeline/motion-preview${videoId === '' ? '' : `?video=${videoId}`}`,
        motionPreviewSchema.nullable(),
        { signal },
      ),
    placeholderData: (before) => before,
  })
  const shownId = preview.data?.videoId ?? null
  const ownId = scope === 'video' ? shownId : null
  const rule = shownId === null || scope === 'project' ? settings.sampling : samplingFor(settings, shownId)
  const own = shownId !== null && Object.hasOwn(settings.samplingByVideo, shownId)
  const set = (part: Partial<SamplingSettings>) => {
    if (ownId === null) return change({ sampling: { ...settings.sampling, ...part } })
    change({ samplingByVideo: { ...settings.samplingByVideo, [ownId]: { ...settings.samplingByVideo[ownId], ...part } } })
  }
  const forget = () => {
    if (shownId === null) return
    const { [shownId]: _, ...rest } = settings.samplingByVideo
    change({ samplingByVideo: rest })
  }
  const field = (label: string, key: keyof SamplingSettings, max: number, hint?: string) => (
    <NumberField
      key={`${ownId}:${key}`}
      {...{ label, max }}
      value={rule[key]}
      min={key === 'maxFrames' ? 1 : key.endsWith('Fps') ? 0.01 : 0}
      isWhole={key === 'maxFrames'}
      disabled={!canEdit}
      {...(hint === undefined ? {} : { hint })}
      onChange={(value) => set({ [key]: value })}
    />
  )
  return (
    <SettingsSection title="Sampling of frames" note="One frame a second where little moves, more where much does. Cuts start anew.">
      <div className="flex flex-wrap items-center gap-4">
        <Segmented
          label="Whose rule"
          value={scope}
          onChange={setScope}
          choices={[
            { value: 'project', label: 'Rule of the project' },
            { value: 'video', label: 'Of this video only' },
          ]}
        />
        {own && scope === 'video' && canEdit ? (
          <Button size="sm" variant="ghost" onClick={forget}>
            Use the rule of the project
          </Button>
        ) : null}
        <PreviewVideo {...{ projectId, videoId }} shown={preview.data ?? null} of="sample-frames" onChange={setVideoId} />
      </div>
      {scope === 'video' && shownId === null ? (
        <p className="text-fg-3">A rule of its own can be given to a video that has been sampled.</p>
      ) : null}
      <div className="grid grid-cols-3 gap-4 min-[1100px]:grid-cols-6">
        {field('Static, fps', 'staticFps', 60)}
        {field('Dynamic, fps', 'dynamicFps', 60)}
        {field('Fast, fps', 'maxFps', 60)}
        {field('Dynamic from', 'dynamicFrom', 1, 'motion 0–1')}
        {field('Fast from', 'fastFrom', 1, 'motion 0–1')}
        {field('Cut from', 'cutFrom', 1, 'next run')}
        {field('Frames, most', 'maxFrames', 20_000)}
      </div>
      <Problem messages={[...draft.problemsOf('sampling'), ...draft.problemsOf('samplingByVideo')]} />
      {preview.error !== null ? (
        <p role="alert" className="text-fg-2">
          {preview.error.message}
        </p>
      ) : preview.data === undefined ? (
        <Skeleton className="h-36 w-full" />
      ) : preview.data === null ? (
        <p className="rounded-3 bg-well px-4 py-3 text-fg-3">
          After the first run the motion of a video stands here, with the frames that each rate takes.
        </p>
      ) : (
        <MotionCurve preview={preview.data} rule={rule} />
      )}
    </SettingsSection>
  )
}
