import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { AppError } from '@/core/errors'

const REST = 'col-span-2 col-start-2 row-span-2 row-start-2'

type AllDoneProps = {
  readonly total: number
  readonly left: number
  readonly slug: string
  readonly listHref: string
  readonly onAgain: () => void
}

/** `left` > 0 = only samples this person skipped are still to be decided. */
export function AllDone({ total, left, slug, listHref, onAgain }: AllDoneProps) {
  if (left > 0) {
    return (
      <main className={`${REST} flex items-center justify-center bg-stage p-8`}>
        <EmptyState
          icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}
          title="Only samples you skipped are left"
          actions={
            <Button variant="primary" onClick={onAgain}>
              Look at them again
            </Button>
          }
        >
          {left === 1 ? 'One sample is' : `${left} samples are`} still to be decided. You can leave them to somebody else.
        </EmptyState>
      </main>
    )
  }
  return (
    <main className={`${REST} flex items-center justify-center bg-stage p-8`}>
      <EmptyState
        icon={<CircleCheck size={24} strokeWidth={1.5} aria-hidden />}
        tone={total === 0 ? 'quiet' : 'ok'}
        title={total === 0 ? 'No sample to review' : 'Nothing is left in this queue'}
        actions={
          <>
            <ButtonLink variant="primary" href={listHref}>
              {total === 0 ? 'Change the filter' : 'Look through the samples'}
            </ButtonLink>
            <ButtonLink href={`/projects/${slug}/${total === 0 ? 'import' : 'exports'}`}>
              {total === 0 ? 'Import annotations' : 'Export the approved'}
            </ButtonLink>
          </>
        }
      >
        {total === 0
          ? 'Either nothing is imported yet, or the filter lets nothing through.'
          : 'Every sample of it has been decided. Approved ones can be exported now.'}
      </EmptyState>
    </main>
  )
}

export function SampleError({ error, onRetry }: { error: AppError; onRetry: () => void }) {
  return (
    <main className={`${REST} flex items-center justify-center bg-stage p-8`}>
      <EmptyState
        icon={<TriangleAlert size={24} strokeWidth={1.5} aria-hidden />}
        tone="bad"
        title="The sample could not be opened"
        actions={
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {error.message}
      </EmptyState>
    </main>
  )
}

/** The same boxes as the workspace, so that nothing moves when it comes. */
export function WorkspaceSkeleton() {
  return (
    <>
      <div role="status" aria-label="Opening the sample" className="row-start-2 grid min-h-0 grid-rows-[36px_minmax(0,1fr)_92px_32px]">
        <div className="border-line border-b bg-panel" />
        <div className="flex items-center justify-center bg-stage p-3">
          <Skeleton className="aspect-video max-h-full w-full" />
        </div>
        <div className="flex gap-2 border-line border-t bg-panel px-3 py-2">
          {[1, 2, 3].map((place) => (
            <Skeleton key={place} className="h-[57px] w-[102px] flex-none" />
          ))}
        </div>
        <div className="border-line border-t bg-panel" />
      </div>
      <div className="row-start-2 flex flex-col gap-4 border-line border-l bg-panel p-4">
        <Skeleton className="h-5 w-3/4" />
        {[1, 2, 3].map((place) => (
          <div key={place} className="flex gap-3">
            <Skeleton className="size-4 flex-none rounded-full" />
            <div className="flex flex-1 flex-col gap-2">
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-2/3" />
            </div>
          </div>
        ))}
      </div>
      <div className="col-span-3 border-line-strong border-t bg-panel" />
    </>
  )
}
