'use client'

import clsx from 'clsx'
import { Film, RotateCw, X } from 'lucide-react'
import Link from 'next/link'
import { mediaUrls } from '@/browser/api'
import { countOf, formatLength } from '@/components/project/numbers'
import { StillImage } from '@/components/project/still-image'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { ERROR_CODES, type ErrorCode } from '@/core/errors'
import { triesAllowed } from '@/core/pipeline/retry'
import type { RunVideo } from '@/core/pipeline/run-videos'
import { STAGE_NAMES } from '@/core/pipeline/stages'
import { troubleText } from './run-words'
import { StageCell } from './stage-cell'

export const VIDEO_GRID = 'grid grid-cols-[44px_minmax(96px,148px)_repeat(15,20px)_minmax(0,1fr)_112px_44px] items-center gap-1 px-4'

type LineProps = {
  video: RunVideo
  projectId: string
  base: string
  nowMs: number
  canManage: boolean
  canRetry: boolean
  isRunOpen: boolean
  onRetry: (taskIds: string[]) => void
  onStop: (video: RunVideo) => void
}

export function RunVideoLine({ video, projectId, base, nowMs, canManage, canRetry, isRunOpen, onRetry, onStop }: LineProps) {
  const hasFailed = video.failedTaskIds.length > 0
  return (
    <tr className={clsx(VIDEO_GRID, 'group h-[31px] hover:bg-hover')}>
      <td>
        {video.hasPoster ? (
          <StillImage src={mediaUrls.posterUrl(projectId, video.videoId)} className="h-[25px] w-11 rounded-1 object-cover" />
        ) : (
          <span className="flex h-[25px] w-11 items-center justify-center rounded-1 bg-well text-fg-3">
            <Film size={12} strokeWidth={1.5} aria-hidden />
          </span>
        )}
      </td>
      <th scope="row" title={video.name} className="code-11 truncate text-left font-regular">
        {video.name}
      </th>
      {video.cells.map((cell, place) => {
        const stage = STAGE_NAMES[place]
        return <td key={stage ?? place}>{stage === undefined ? null : <StageCell stage={stage} cell={cell} />}</td>
      })}
      <td className={clsx('truncate pl-2', hasFailed ? 'text-bad' : 'text-warn')}>
        <Trouble video={video} nowMs={nowMs} />
      </td>
      <td className="flex items-center justify-end gap-1">
        {hasFailed && canRetry ? (
          <Button size="sm" className="h-[22px]" onClick={() => onRetry(video.failedTaskIds)}>
            <RotateCw size={12} strokeWidth={1.75} aria-hidden />
            Retry
          </Button>
        ) : video.drafts > 0 ? (
          <Link href={`${base}/samples?video=${video.videoId}`} className="num rounded-1 underline-offset-2 hover:underline">
            {countOf(video.drafts, 'draft')}
          </Link>
        ) : (
          <span className="text-fg-3">–</span>
        )}
        {video.isOpen && isRunOpen && canManage ? (
          <IconButton
            label={`Cancel the work on ${video.name}…`}
            size="sm"
            className="-mr-1 opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
            onClick={() => onStop(video)}
          >
            <X size={12} strokeWidth={1.75} aria-hidden />
          </IconButton>
        ) : null}
      </td>
      <td className="num text-right text-fg-3">{video.workSec === 0 ? '–' : formatLength(video.workSec).replace(/\.\d$/, '')}</td>
    </tr>
  )
}

function isErrorCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(ERROR_CODES, code)
}

function Trouble({ video, nowMs }: { video: RunVideo; nowMs: number }) {
  const { trouble } = video
  if (trouble === null) return null
  const text = troubleText(trouble, isErrorCode(trouble.code) ? triesAllowed(trouble.code) : trouble.tries, nowMs)
  return (
    <span title={`${trouble.stage}: ${text}${trouble.code === null ? '' : ` [${trouble.code}]`}`}>
      <span className="text-fg-3">{trouble.stage}: </span>
      {text}
    </span>
  )
}
