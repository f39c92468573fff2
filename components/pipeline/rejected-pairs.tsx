'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { getJson } from '@/browser/api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { rejectedPairsPageSchema } from '@/core/pipeline/rejected-pair'
import { JudgementList } from './judgement-list'

/** The questions that the judges of a run refused, with what each judge said, so that the filter itself can be judged. */
export function RejectedPairs({
  projectId,
  runId,
  number,
  onClose,
}: {
  projectId: string
  runId: string
  number: number
  onClose: () => void
}) {
  const list = useInfiniteQuery({
    queryKey: ['rejected-pairs', runId],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === '' ? '' : `?after=${encodeURIComponent(pageParam)}`
      return getJson(`/api/projects/${projectId}/runs/${runId}/rejected-pairs${query}`, rejectedPairsPageSchema, { signal })
    },
    getNextPageParam: (page) => page.next,
  })
  const pairs = list.data?.pages.flatMap((page) => page.pairs)
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} size="lg" title={`Questions that run ${number} rejected`}>
      {list.error !== null ? (
        <p role="alert" className="text-bad">
          {list.error.message}
        </p>
      ) : pairs === undefined ? (
        <div role="status" aria-label="Loading" className="flex flex-col gap-2">
          <Skeleton className="h-14 w-full" />
          <Skeleton className="h-14 w-full" />
        </div>
      ) : pairs.length === 0 ? (
        <p className="text-fg-2">The judges have refused nothing so far.</p>
      ) : (
        <ul className="flex flex-col">
          {pairs.map((pair) => (
            <li key={`${pair.videoId}:${pair.key}`} className="border-line border-b py-3 last:border-b-0">
              <p className="code-11 truncate text-fg-3">{pair.videoName}</p>
              <p className="mt-0.5 font-medium text-13">{pair.question}</p>
              <p className="text-13 text-fg-2">{pair.answer}</p>
              <JudgementList judgements={pair.judgements} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button size="sm" className="mt-3" onClick={() => void list.fetchNextPage()} aria-disabled={list.isFetchingNextPage}>
          Show more
        </Button>
      ) : null}
    </Dialog>
  )
}
