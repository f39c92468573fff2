'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { countOf, formatCount, formatLength } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { CheckBox } from '@/components/ui/check-box'
import { SearchField } from '@/components/ui/search-field'
import { Skeleton } from '@/components/ui/skeleton'
import { type RunnableVideo, runnableVideosSchema } from '@/core/pipeline/runnable-video'

type PickerProps = { projectId: string; picked: ReadonlySet<string>; onChange: (picked: ReadonlySet<string>) => void }

/** Videos by a part of their name, to tick. What is ticked stays ticked when the search changes. */
export function VideoPicker({ projectId, picked, onChange }: PickerProps) {
  const [text, setText] = useState('')
  const list = useQuery({
    queryKey: ['runnable-videos', projectId, text.trim()],
    queryFn: ({ signal }) =>
      getJson(`/api/projects/${projectId}/pipeline/videos?${new URLSearchParams({ q: text.trim() })}`, runnableVideosSchema, { signal }),
    placeholderData: (before) => before,
  })
  const set = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(picked)
    for (const id of ids)
      if (isOn) next.add(id)
      else next.delete(id)
    onChange(next)
  }
  const { videos, total } = list.data ?? { videos: [], total: 0 }
  const areAllOn = videos.length > 0 && videos.every(({ id }) => picked.has(id))
  return (
    <div className="flex flex-col overflow-hidden rounded-3 border border-line">
      <div className="flex items-center gap-2 border-line border-b bg-app p-2">
        <SearchField label="Search videos" value={text} onChange={setText} className="flex-1" />
        <Button
          size="sm"
          variant="ghost"
          onClick={() =>
            set(
              videos.map(({ id }) => id),
              !areAllOn,
            )
          }
        >
          {areAllOn ? 'Untick these' : `Tick ${videos.length < total ? `the first ${formatCount(videos.length)}` : 'all shown'}`}
        </Button>
      </div>
      {list.error !== null ? (
        <p role="alert" className="p-3 text-bad">
          {list.error.message}
        </p>
      ) : list.data === undefined ? (
        <Skeleton className="m-3 h-24" />
      ) : videos.length === 0 ? (
        <p className="p-3 text-fg-3">{text === '' ? 'No video has been read yet.' : 'No video of this name.'}</p>
      ) : (
        <ul className="max-h-52 overflow-y-auto">
          {videos.map((video) => (
            <Line key={video.id} video={video} isOn={picked.has(video.id)} onChange={(isOn) => set([video.id], isOn)} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Line({ video, isOn, onChange }: { video: RunnableVideo; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <li className="flex h-(--h-row) items-center gap-2 px-3 hover:bg-hover">
      <CheckBox label={video.name} checked={isOn} onChange={onChange} />
      <button type="button" tabIndex={-1} aria-hidden onClick={() => onChange(!isOn)} className="code-11 min-w-0 flex-1 truncate text-left">
        {video.name}
      </button>
      <span className="num text-fg-3">{video.samples === 0 ? '' : countOf(video.samples, 'sample')}</span>
      <span className="num w-14 text-right text-fg-3">{video.durationSec === null ? '–' : formatLength(video.durationSec)}</span>
    </li>
  )
}
