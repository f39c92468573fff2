import { Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div role="status" aria-label="Loading the run" className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-13 flex-none items-center gap-3 border-line border-b px-5">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-3 w-72" />
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_336px] content-start gap-4 p-5">
        <Skeleton className="col-span-full h-[76px] rounded-4" />
        <Skeleton className="h-[430px] rounded-4" />
        <Skeleton className="h-[430px] rounded-4" />
        <Skeleton className="col-span-full h-60 rounded-4" />
      </div>
    </div>
  )
}
