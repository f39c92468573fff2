'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { tauPreviewSchema } from '@/core/pipeline/previews'
import { runnableVideosSchema } from '@/core/pipeline/runnable-video'
import { ratioWord } from '../run-words'
import { TauView } from '../tau-view'
import { SettingsSection } from './field-row'
import { NumberField } from './number-field'
import { Switch } from './numbers-part'
import type { SettingsDraft } from './settings-draft'

/** The threshold of near-duplicates, with what it keeps of a video at once. */
export function DedupePart({ draft, projectId, canEdit }: { draft: SettingsDraft; projectId: string; canEdit: boolean }) {
  const { dedupe } = draft.settings
  const set = (part: Partial<typeof dedupe>) => draft.change({ dedupe: { ...dedupe, ...part } })
  const [videoId, setVideoId] = useState('')
  const query = new URLSearchParams({ variant: dedupe.variant, symbols: dedupe.keepsNumbersAndDirections ? 'on' : 'off' })
  if (videoId !== '') query.set('video', videoId)
  const preview = useQuery({
    queryKey: ['tau-preview', projectId, query.toString()],
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/pipeline/tau-preview?${query}`, tauPreviewSchema.nullable(), { signal }),
    placeholderData: (before) => before,
  })
  return (
    <SettingsSection
      title={`Near-duplicates, τ ${ratioWord(dedupe.threshold)}`}
      note="Of captions that say nearly the same, only the first goes on. A higher threshold keeps more."
    >
      <div className="flex flex-wrap items-end gap-4">
        <div className="w-32">
          <NumberField
            label="Threshold τ"
            value={dedupe.threshold}
            min={0}
            max={1}
            disabled={!canEdit}
            onChange={(threshold) => set({ threshold })}
          />
        </div>
        <Segmented
          label="Compared with"
          value={dedupe.variant}
          onChange={(variant) => canEdit && set({ variant })}
          choices={[
            { value: 'stack', label: 'the last one kept' },
            { value: 'adjacent', label: 'the one before' },
          ]}
        />
        <PreviewVideo {...{ projectId, videoId }} of="dedupe" shown={preview.data ?? null} onChange={setVideoId} />
      </div>
      <Switch
        label="Keep captions with other numbers or directions"
        isOn={dedupe.keepsNumbersAndDirections}
        disabled={!canEdit}
        onChange={(keepsNumbersAndDirections) => set({ keepsNumbersAndDirections })}
      />
      {preview.error !== null ? (
        <p role="alert" className="text-fg-2">
          {preview.error.message}
        </p>
      ) : preview.data === undefined ? (
        <Skeleton className="h-44 w-full" />
      ) : preview.data === null ? (
        <p className="rounded-3 bg-well px-4 py-3 text-fg-3">
          After the first run the frames of a video stand here, and a slider shows what each threshold keeps.
        </p>
      ) : (
        <div className="flex flex-col gap-3 rounded-3 border border-line bg-panel p-4">
          <TauView
            preview={preview.data}
            {...{ projectId }}
            tau={dedupe.threshold}
            onChange={(threshold) => canEdit && set({ threshold })}
            columns="grid-cols-8 min-[1100px]:grid-cols-12"
          />
        </div>
      )}
    </SettingsSection>
  )
}

type PreviewVideoProps = {
  projectId: string
  of: 'dedupe' | 'sample-frames'
  videoId: string
  shown: { videoId: string; videoName: string } | null
  onChange: (videoId: string) => void
}

/** Which video a preview is of; nothing while there is none to choose. */
export function PreviewVideo({ projectId, of, videoId, shown, onChange }: PreviewVideoProps) {
  const list = useQuery({
    queryKey: ['preview-videos', projectId, of],
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/pipeline/videos?of=${of}`, runnableVideosSchema, { signal }),
  })
  const videos = list.data?.videos ?? []
  if (videos.length === 0 || shown === null) return null
  // The list ends somewhere; the video on show is in it all the same.
  const isListed = videos.some(({ id }) => id === shown.videoId)
  const choices = isListed ? videos : [{ id: shown.videoId, name: shown.videoName }, ...videos]
  return (
    <Select
      label="Video of the preview"
      value={videoId === '' ? shown.videoId : videoId}
      onChange={onChange}
      choices={choices.map(({ id, name }) => ({ value: id, label: name }))}
      className="ml-auto w-52"
    />
  )
}
