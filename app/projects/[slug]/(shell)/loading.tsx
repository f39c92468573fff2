import { Skeleton } from '@/components/ui/skeleton'

/** Same head, same margins as the pages, so that nothing jumps when they arrive. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-13 flex-none items-center gap-2 border-line border-b px-5">
        <Skeleton className="h-4 w-32" />
        <span className="flex-1" />
        <Skeleton className="h-(--h-control) w-28" />
      </div>
      <div className="flex flex-col gap-4 p-5">
        <Skeleton className="h-36 rounded-4" />
        <Skeleton className="h-28 rounded-4" />
        <Skeleton className="h-72 rounded-4" />
      </div>
    </div>
  )
}
