import { Skeleton } from '@/components/ui/skeleton'

const LINES = Array.from({ length: 18 }, (_, index) => index)

/** Place of a list while it loads: lines of the height the list will have. */
export function LinesLoading({ lineHeight, hasFilter = false }: { lineHeight: number; hasFilter?: boolean }) {
  return (
    <div role="status" aria-label="Loading" className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-13 flex-none items-center gap-2 border-line border-b px-5">
        <Skeleton className="h-4 w-24" />
        <span className="flex-1" />
        <Skeleton className="h-(--h-control) w-60" />
      </div>
      {hasFilter ? <div className="h-11 flex-none border-line border-b" /> : null}
      <div className="flex min-h-0 flex-1">
        {hasFilter ? <div className="w-54 flex-none border-line border-r" /> : null}
        <div className="min-w-0 flex-1">
          <div className="h-7 border-line border-b bg-app" />
          {LINES.map((line) => (
            <div key={line} className="flex items-center gap-3 border-line border-b px-4" style={{ height: lineHeight }}>
              <Skeleton className="h-[25px] w-11" />
              <Skeleton className="h-3 w-2/5" />
              <span className="flex-1" />
              <Skeleton className="h-3 w-20" />
              <Skeleton className="h-3 w-16" />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
