'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { getJson } from '@/browser/api'
import { formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { Skeleton } from '@/components/ui/skeleton'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import type { RunStatus } from '@/core/pipeline/run-status'
import { type RunVideo, runVideosPageSchema, type VideoFilter } from '@/core/pipeline/run-videos'
import { STAGE_NAMES } from '@/core/pipeline/stages'
import type { RunActs } from './run-acts'
import { RunVideoLine, VIDEO_GRID } from './run-video-line'
import { CellLegend } from './stage-cell'

/** While a run is on, the first pages follow it; who has gone far down is not interrupted by reading everything again. */
const FOLLOW_MS = 2000
const FOLLOWED_PAGES = 2
/** Of a run so large that its list takes long to make, it is asked for at most this share of the time. */
const MAX_LOAD = 0.05

type RunVideosProps = { run: RunStatus; projectId: string; base: string; canManage: boolean; acts: RunActs }

export function RunVideos({ run, projectId, base, canManage, acts }: RunVideosProps) {
  const { videos } = run
  const isOpen = run.state === 'running' || run.state === 'paused'
  const canRetry = canManage && run.state !== 'cancelled'
  const [chosen, setChosen] = useState<VideoFilter | null>(null)
  const filter = chosen ?? (videos.active > 0 && run.state !== 'cancelled' ? 'active' : videos.failed > 0 ? 'failed' : 'done')
  const tookMs = useRef(0)
  const list = useInfiniteQuery({
    queryKey: ['run-videos', run.id, filter],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = new URLSearchParams({ filter, ...(pageParam === '' ? {} : { after: pageParam }) })
      const startedAt = performance.now()
      const page = await getJson(`/api/projects/${projectId}/runs/${run.id}/videos?${query}`, runVideosPageSchema, { signal })
      tookMs.current = performance.now() - startedAt
      return page
    },
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    refetchInterval: (query) =>
      run.state === 'running' && (query.state.data?.pages.length ?? 0) <= FOLLOWED_PAGES
        ? Math.max(FOLLOW_MS, tookMs.current / MAX_LOAD)
        : false,
  })
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <Panel className="col-span-full pb-2">
      <header className="flex h-10 flex-none items-center gap-3 pr-3 pl-4">
        <h2 className="font-semibold text-13">Videos</h2>
        <Segmented
          label="Which videos"
          value={filter}
          onChange={setChosen}
          choices={[
            { value: 'active', label: 'Active', note: formatCount(videos.active) },
            { value: 'failed', label: 'Failed', note: formatCount(videos.failed) },
            { value: 'done', label: 'Done', note: formatCount(videos.done + videos.cancelled) },
          ]}
        />
        {run.failed > 0 && canRetry ? (
          <Button size="sm" variant="ghost" onClick={() => acts.retry(null)}>
            Retry all that failed
          </Button>
        ) : null}
        <span className="flex-1" />
        <CellLegend />
      </header>
      {list.error !== null && rows === undefined ? (
        <EmptyState tone="bad" className="m-4" icon={<TriangleAlert size={20} strokeWidth={1.5} />} title="The videos cannot be listed">
          {list.error.message}
        </EmptyState>
      ) : rows === undefined ? (
        <Loading />
      ) : rows.length === 0 ? (
        <p className="px-4 py-6 text-fg-3">{EMPTY[filter]}</p>
      ) : (
        <VideoTable rows={rows} nowMs={list.dataUpdatedAt} {...{ projectId, base, canManage, canRetry, acts }} isRunOpen={isOpen} />
      )}
      {list.hasNextPage ? (
        <div className="flex justify-center pt-2">
          <Button size="sm" onClick={() => void list.fetchNextPage()} aria-disabled={list.isFetchingNextPage}>
            Show more
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

const EMPTY: Readonly<Record<VideoFilter, string>> = {
  active: 'No video is being worked on.',
  failed: 'Nothing has failed.',
  done: 'No video is done yet.',
}

/** A stage stands under its number; its name is read aloud, and shown to who stays on it. */
const COLUMNS: readonly TableColumn[] = [
  { key: 'picture', label: 'Picture', isHidden: true },
  { key: 'file', label: 'File', isHidden: true },
  ...STAGE_NAMES.map(
    (stage, place): TableColumn => ({
      key: stage,
      label: (
        <>
          <span aria-hidden>{place + 1}</span>
          <span className="sr-only">{stage}</span>
        </>
      ),
      align: 'center',
      title: stage,
      className: 'num w-[18px]',
    }),
  ),
  { key: 'trouble', label: 'What went wrong', isHidden: true },
  { key: 'drafts', label: 'Drafts', isHidden: true },
  { key: 'time', label: 'time', align: 'right' },
]

type TableProps = Omit<RunVideosProps, 'run'> & { rows: readonly RunVideo[]; nowMs: number; canRetry: boolean; isRunOpen: boolean }

function VideoTable({ rows, nowMs, projectId, base, canManage, canRetry, isRunOpen, acts }: TableProps) {
  const [stopping, setStopping] = useState<RunVideo | null>(null)
  return (
    <>
      <StopDialog video={stopping} onClose={() => setStopping(null)} onStop={acts.cancelVideo} />
      <table className="block w-full">
        <TableHead columns={COLUMNS} line={clsx(VIDEO_GRID, 'h-4 text-10!')} className="block" />
        <tbody className="block">
          {rows.map((video) => (
            <RunVideoLine
              key={video.videoId}
              {...{ video, projectId, base, nowMs, canManage, canRetry, isRunOpen }}
              onRetry={acts.retry}
              onStop={setStopping}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}

/** A cancelled video cannot be taken up again in its run, so one press is not enough. */
function StopDialog({ video, onClose, onStop }: { video: RunVideo | null; onClose: () => void; onStop: (videoId: string) => void }) {
  return (
    <Dialog
      open={video !== null}
      onOpenChange={(next) => !next && onClose()}
      title={`Cancel the work on ${video?.name ?? 'this video'}?`}
      description="What is drafted stays, and every result is remembered: a later run takes it up without paying again. The other videos of this run go on."
      footer={
        <>
          <Button onClick={onClose}>Keep it running</Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose()
              if (video !== null) onStop(video.videoId)
            }}
          >
            Cancel this video
          </Button>
        </>
      }
    />
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading videos" className="flex flex-col gap-1.5 px-4 py-2">
      {['a', 'b', 'c', 'd'].map((line) => (
        <div key={line} className="flex items-center gap-2">
          <Skeleton className="h-[25px] w-11" />
          <Skeleton className="h-3 w-36" />
          <Skeleton className="h-3 w-[360px]" />
        </div>
      ))}
    </div>
  )
}
