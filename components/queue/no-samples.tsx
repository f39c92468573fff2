import { Search, Upload } from 'lucide-react'
import { formatCount } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { EMPTY_FILTER, type SampleFilter } from '@/core/sample-filter'
import type { SampleFacets } from '@/core/sample-row'

/** Nothing matches: says which single group stands in the way and how many samples there are without it. */
export function NoMatch({
  filter,
  facets,
  onChange,
}: {
  filter: SampleFilter
  facets: SampleFacets
  onChange: (filter: SampleFilter) => void
}) {
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, n) => total + n, 0)
  const groups = [
    { word: 'state', isOn: filter.state.length > 0, left: sum(facets.state), without: { ...filter, state: [] } },
    { word: 'task', isOn: filter.task.length > 0, left: sum(facets.task), without: { ...filter, task: [] } },
    { word: 'flag', isOn: filter.flag.length > 0, left: sum(facets.flag), without: { ...filter, flag: [] } },
  ].filter((group) => group.isOn && group.left > 0)
  const best = groups.sort((a, b) => b.left - a.left)[0]
  return (
    <Centre>
      <EmptyState
        icon={<Search size={20} strokeWidth={1.5} aria-hidden />}
        title="Nothing matches"
        actions={
          <>
            {best === undefined ? null : <Button onClick={() => onChange(best.without)}>Drop the {best.word} filter</Button>}
            <Button variant={best === undefined ? 'default' : 'ghost'} onClick={() => onChange({ ...EMPTY_FILTER, order: filter.order })}>
              Clear all
            </Button>
          </>
        }
      >
        {wordsOf(filter, best)}
      </EmptyState>
    </Centre>
  )
}

function wordsOf(filter: SampleFilter, best: { word: string; left: number } | undefined): string {
  if (best !== undefined) return `No sample fits this filter. Without the ${best.word} filter there are ${formatCount(best.left)}.`
  return filter.text === '' ? 'No sample fits this filter.' : `No question has words that begin like “${filter.text}”.`
}

export function NoSamples({ importHref }: { importHref: string | null }) {
  return (
    <Centre>
      <EmptyState
        icon={<Upload size={20} strokeWidth={1.5} aria-hidden />}
        title="No samples yet"
        actions={
          importHref === null ? null : (
            <ButtonLink href={importHref} variant="primary">
              Import
            </ButtonLink>
          )
        }
      >
        {importHref === null
          ? 'A curator of this project has to import drafts first.'
          : 'Drop a folder with videos and, if you have one, an annotation file. A dry run shows every problem first.'}
      </EmptyState>
    </Centre>
  )
}

function Centre({ children }: { children: React.ReactNode }) {
  return <div className="flex min-h-0 flex-1 items-center justify-center p-8">{children}</div>
}
