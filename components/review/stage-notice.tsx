'use client'

import { EyeOff, Film, ImageOff, LoaderCircle } from 'lucide-react'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { questionOf, recordAt, recordsOf, stepText } from '@/core/document'
import { useReview, useReviewStore, useSession } from './review-context'

const ICON = { size: 24, strokeWidth: 1.5, 'aria-hidden': true } as const

/** In place of the picture: the sufficiency test, or what is missing and what to do about it. */
export function StageNotice() {
  const isTesting = useReview((state) => state.isTesting)
  return (
    <div className="flex size-full items-center justify-center overflow-y-auto p-6">
      {isTesting ? <SufficiencyTest /> : <MissingPicture />}
    </div>
  )
}

function SufficiencyTest() {
  const store = useReviewStore()
  const document = useReview((state) => state.document)
  return (
    <section aria-label="Sufficiency test" className="flex w-full max-w-[640px] flex-col gap-4 rounded-4 bg-panel p-6 shadow-2">
      <div className="flex items-center gap-2 text-fg-3">
        <EyeOff size={16} strokeWidth={1.5} aria-hidden />
        The video is hidden. Read only this: does the answer follow?
      </div>
      <h2 className="font-semibold text-18">{questionOf(document).text}</h2>
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-15 marker:text-fg-3">
        {recordsOf(document, 'step').map((step) => (
          <li key={step.id}>{stepText(step)}</li>
        ))}
      </ol>
      <div className="flex justify-end">
        <Button variant="ghost" shortcut={hintOf('test')} onClick={() => store.setState({ isTesting: false })}>
          Show the video again
        </Button>
      </div>
    </section>
  )
}

function MissingPicture() {
  const store = useReviewStore()
  const { project } = useSession()
  const video = useReview((state) => state.sample.video)
  const videoPath = useReview((state) => state.sample.source?.videoPath ?? null)
  const frame = useReview((state) =>
    state.selection.frameId === null ? null : recordAt(state.document, state.selection.frameId, 'coreFrame'),
  )
  const canEdit = useReview((state) => state.canEdit)
  if (video === null || video.problem !== null) {
    return (
      <EmptyState
        icon={<ImageOff {...ICON} />}
        tone="bad"
        title={video === null ? 'The video of this sample is missing' : 'The video of this sample cannot be read'}
        actions={
          <ButtonLink href={`/projects/${project.slug}/videos`} prefetch={false}>
            Open videos
          </ButtonLink>
        }
      >
        {video?.problem ??
          `The source names ${videoPath === null ? 'no file' : `“${videoPath}”`}. Upload that file and import the annotations again, or send the sample back.`}
      </EmptyState>
    )
  }
  if (!video.isReady) {
    return (
      <EmptyState icon={<LoaderCircle {...ICON} />} title="The video is being read">
        Its frame table is being built. The picture appears here when you open the sample again.
      </EmptyState>
    )
  }
  if (frame === null) {
    return (
      <EmptyState
        icon={<Film {...ICON} />}
        title="No core frame yet"
        actions={canEdit ? <Button onClick={() => store.setState({ isPlayerOpen: true })}>Find one in the player</Button> : null}
      >
        The reasoning has to rest on at least one frame of the video.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<ImageOff {...ICON} />}
      tone="warn"
      title="This core frame is not tied to the video"
      actions={
        canEdit ? (
          <Button variant="primary" shortcut={hintOf('play')} onClick={() => store.setState({ isPlayerOpen: true })}>
            Find it in the player
          </Button>
        ) : null
      }
    >
      The import could not tell which frame {frame.path === null ? 'it is' : <span className="code-11">{frame.path}</span>} shows. Find it
      in the player, or give its number with the menu of the frame below.
    </EmptyState>
  )
}
