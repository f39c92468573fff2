import clsx from 'clsx'
import { CircleAlert, Film } from 'lucide-react'
import Link from 'next/link'
import { mediaUrls } from '@/browser/api'
import { VideoTick } from '@/components/pipeline/video-selection'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { Tag } from '@/components/ui/tag'
import type { VideoRow } from '@/server/queries/list-videos'
import { formatBytes, formatCount, formatLength } from './numbers'
import { StillImage } from './still-image'

const LINE = 'grid items-center gap-4 px-5'
const GRIDS = {
  plain: clsx(LINE, 'grid-cols-[80px_minmax(0,1fr)_96px_84px_72px_84px_96px]'),
  ticked: clsx(LINE, 'grid-cols-[14px_80px_minmax(0,1fr)_96px_84px_72px_84px_96px]'),
} as const
type Look = keyof typeof GRIDS

const COLUMNS: readonly TableColumn[] = [
  { key: 'picture', label: 'Picture' },
  { key: 'file', label: 'File' },
  { key: 'size', label: 'Size' },
  { key: 'codec', label: 'Codec' },
  { key: 'length', label: 'Length', align: 'right' },
  { key: 'frames', label: 'Frames', align: 'right' },
  { key: 'samples', label: 'Samples', align: 'right' },
]

type VideoListProps = {
  rows: readonly VideoRow[]
  projectId: string
  base: string
  /** With ticks, inside of a `VideoSelection`. */
  canRun: boolean
}

export function VideoList({ rows, projectId, base, canRun }: VideoListProps) {
  const look: Look = canRun ? 'ticked' : 'plain'
  const ready = rows.filter(({ state }) => state === 'done').map(({ id }) => id)
  const tick = { key: 'tick', label: <VideoTick ids={ready} label="All videos of this page" />, className: 'flex' }
  return (
    <table className="block w-full">
      <TableHead
        columns={canRun ? [tick, ...COLUMNS] : COLUMNS}
        line={clsx(GRIDS[look], 'h-7 border-line border-b bg-app')}
        className="sticky top-0 z-10 block"
      />
      <tbody className="block">
        {rows.map((video) => (
          <VideoLine key={video.id} video={video} projectId={projectId} base={base} look={look} />
        ))}
      </tbody>
    </table>
  )
}

function VideoLine({ video, projectId, base, look }: { video: VideoRow; projectId: string; base: string; look: Look }) {
  return (
    <tr className={clsx(GRIDS[look], 'min-h-16 border-line border-b py-2 hover:bg-hover')}>
      {look === 'ticked' ? (
        <td className="flex">{video.state === 'done' ? <VideoTick ids={[video.id]} label={`Select ${video.name}`} /> : null}</td>
      ) : null}
      <td>
        {video.hasPoster ? (
          <StillImage src={mediaUrls.posterUrl(projectId, video.id)} className="h-[45px] w-20 rounded-1 object-cover" />
        ) : (
          <span className="flex h-[45px] w-20 items-center justify-center rounded-1 bg-well text-fg-3">
            <Film size={16} strokeWidth={1.5} aria-hidden />
          </span>
        )}
      </td>
      <td className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={video.name}>
            {video.name}
          </span>
          {video.isVfr ? <Tag title="Frames do not all last equally long; every frame has its own time">variable rate</Tag> : null}
          {video.hasProxy ? (
            <Tag title="Browsers cannot play the original. A copy with the same frames is played; stills come from the original">
              copy for playing
            </Tag>
          ) : null}
        </div>
        <VideoNote video={video} />
      </td>
      <td className="num text-fg-2">
        {video.width === null ? '–' : `${video.width} × ${video.height}`}
        <div className="text-fg-3">{formatBytes(Number(video.bytes))}</div>
      </td>
      <td className="text-fg-2">
        {video.codec ?? '–'}
        <div className="num text-fg-3">{video.avgFps === null ? '' : `${Number(video.avgFps.toFixed(3))} fps`}</div>
      </td>
      <td className="num text-right text-fg-2">{video.durationSec === null ? '–' : formatLength(video.durationSec)}</td>
      <td className="num text-right text-fg-2">{video.frameCount === null ? '–' : formatCount(video.frameCount)}</td>
      <td className="num text-right">
        {video.samples === 0 ? (
          <span className="text-fg-3">none</span>
        ) : (
          <Link
            href={`${base}/samples?video=${video.id}`}
            className="rounded-1 font-medium text-accent-fg underline-offset-2 hover:underline"
          >
            {formatCount(video.samples)}
          </Link>
        )}
      </td>
    </tr>
  )
}

/** What went wrong and what helps; otherwise where the file comes from. */
function VideoNote({ video }: { video: VideoRow }) {
  if (video.state === 'failed' || video.state === 'cancelled') {
    return (
      <div className="mt-0.5 flex items-start gap-1 text-bad">
        <CircleAlert size={14} strokeWidth={1.5} className="mt-px flex-none" aria-hidden />
        <span className="min-w-0">
          {video.errorMessage ?? 'The preparation was stopped.'} <span className="text-fg-2">{remedyOf(video.errorCode)}</span>
          {video.errorCode === null ? null : <span className="code-11 text-fg-3"> {video.errorCode}</span>}
        </span>
      </div>
    )
  }
  if (video.state !== 'done')
    return <div className="mt-0.5 text-fg-3">{video.state === 'waiting' ? 'Waits for the worker' : 'Frames are being indexed'}</div>
  const origin = [video.source, video.license].filter(Boolean).join(', ')
  return <div className="mt-0.5 truncate text-fg-3">{origin}</div>
}

const REMEDIES: Readonly<Record<string, string>> = {
  unsupported_media: 'Use mp4, mov, mkv, webm or avi with a common codec.',
  corrupt_media: 'Upload it again from the original, or repair it with another program.',
  media_crashed: 'Convert the file with another program and upload the result.',
  limit_exceeded: 'An administrator can raise the limit in the settings of the server.',
  missing_file: 'Put the file back and import again.',
  storage_full: 'Free space on the server; the work is taken up again by itself.',
}

function remedyOf(code: string | null): string {
  return code === null ? '' : (REMEDIES[code] ?? '')
}
