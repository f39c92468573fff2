'use client'

import { File as FileIcon, Film, Image as ImageIcon, Pause, Play, X } from 'lucide-react'
import type { Uploader, UploaderState, UploadItem } from '@/browser/uploader'
import { formatBytes, formatEffort } from '@/components/project/numbers'
import { IconButton } from '@/components/ui/icon-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { VerdictMark } from '@/components/ui/verdict-mark'

/** One card an annotation file, one for all clips, one for all stills: what is up, how fast, how long yet. */
export function UploadCards({ state, uploader }: { state: UploaderState; uploader: Uploader }) {
  const annotations = state.items.filter((item) => item.purpose === 'annotations')
  const media = state.items.filter((item) => item.purpose === 'video')
  const stills = state.items.filter((item) => item.purpose === 'still')
  return (
    <>
      {annotations.map((item) => (
        <UploadCard key={item.key} title={item.name} icon="file" items={[item]} rate={state.bytesPerSecond} uploader={uploader} />
      ))}
      {media.length > 0 && (
        <UploadCard
          title={media.length === 1 ? (media[0]?.name ?? '') : `Media, ${media.length} files`}
          icon="film"
          items={media}
          rate={state.bytesPerSecond}
          uploader={uploader}
        />
      )}
      {stills.length > 0 && (
        <UploadCard title={`Stills, ${stills.length} files`} icon="image" items={stills} rate={state.bytesPerSecond} uploader={uploader} />
      )}
    </>
  )
}

type CardProps = { title: string; icon: 'file' | 'film' | 'image'; items: readonly UploadItem[]; rate: number; uploader: Uploader }

function UploadCard({ title, icon, items, rate, uploader }: CardProps) {
  const Icon = icon === 'file' ? FileIcon : icon === 'film' ? Film : ImageIcon
  const total = items.reduce((sum, item) => sum + item.bytesTotal, 0)
  const sent = items.reduce((sum, item) => sum + item.bytesSent, 0)
  const done = items.filter((item) => item.state === 'done').length
  const failed = items.filter((item) => item.state === 'failed')
  const isPaused = items.some((item) => item.state === 'paused')
  const isRunning = items.some((item) => item.state === 'sending' || item.state === 'waiting')
  const isDone = done === items.length
  return (
    <div className="flex min-w-0 items-center gap-3 rounded-4 border border-line bg-panel px-4 py-3">
      <Icon size={24} strokeWidth={1.25} aria-hidden className="flex-none text-fg-2" />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{title}</div>
        <div className="truncate leading-5 tabular-nums text-fg-3" role="status">
          {failed[0] ? (
            <span className="text-bad">{`${items.length > 1 ? `${failed[0].name}: ` : ''}${failed[0].error ?? 'failed'}`}</span>
          ) : isDone ? (
            `${formatBytes(total)} on the server`
          ) : (
            `${items.length > 1 ? `${done} of ${items.length}, ` : ''}${formatBytes(sent)} of ${formatBytes(total)}${isPaused ? ', paused' : rate > 0 ? `, ${formatBytes(rate)}/s, ${formatEffort((total - sent) / rate)} left` : ''}`
          )}
        </div>
        <div className="mt-1">
          <ProgressBar
            value={total === 0 ? (isDone ? 1 : 0) : sent / total}
            label={`Upload of ${title}`}
            tone={failed.length > 0 ? 'bad' : isDone ? 'ok' : 'accent'}
          />
        </div>
      </div>
      {isDone ? <VerdictMark verdict="accepted" size={16} /> : null}
      {isRunning ? (
        <IconButton label="Pause upload" onClick={() => void uploader.pauseAll()}>
          <Pause size={14} strokeWidth={1.5} />
        </IconButton>
      ) : null}
      {isPaused || failed.length > 0 ? (
        <IconButton label="Resume upload" onClick={() => uploader.resumeAll()}>
          <Play size={14} strokeWidth={1.5} />
        </IconButton>
      ) : null}
      {items.length === 1 && items[0] ? (
        <IconButton label={`Remove ${title}`} onClick={() => void uploader.remove(items[0]?.key ?? '')}>
          <X size={14} strokeWidth={1.5} />
        </IconButton>
      ) : null}
    </div>
  )
}
