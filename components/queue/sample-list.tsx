'use client'

import { Upload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { formatCount } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { ButtonLink } from '@/components/ui/button-link'
import { QueryProvider } from '@/components/ui/query-provider'
import { SearchField } from '@/components/ui/search-field'
import { sampleFilterParams } from '@/core/sample-filter'
import type { SamplePage } from '@/core/sample-row'
import type { SampleState } from '@/core/sample-state'
import { FilterColumn } from './filter-column'
import { NoMatch, NoSamples } from './no-samples'
import { SampleTable } from './sample-table'
import { useSampleFilter } from './use-sample-filter'
import { useSampleFacets } from './use-sample-rows'
import { ViewBar } from './view-bar'

type SampleListProps = {
  projectId: string
  /** `/projects/<slug>` */
  base: string
  first: { query: string; page: SamplePage; total: number }
  states: Readonly<Partial<Record<SampleState, number>>>
  canImport: boolean
  canReview: boolean
  nowMs: number
}

const SEARCH_ID = 'sample-search'
const TYPING_MS = 250

export function SampleList(props: SampleListProps) {
  return (
    <QueryProvider>
      <List {...props} />
    </QueryProvider>
  )
}

function List({ projectId, base, first, states, canImport, canReview, nowMs }: SampleListProps) {
  const [filter, query, setFilter] = useSampleFilter()
  const facets = useSampleFacets(projectId, query)
  const all = Object.values(states).reduce((sum, n) => sum + n, 0)
  const total = facets?.total ?? (query === first.query ? first.total : 0)
  const params = sampleFilterParams(filter).toString()
  const reviewHref = (sampleId: string) => `${base}/review?sample=${sampleId}${params === '' ? '' : `&${params}`}`
  return (
    <>
      <PageHead title="Samples" note={formatCount(all)}>
        <Search text={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
        {canImport ? (
          <ButtonLink href={`${base}/import`}>
            <Upload size={16} strokeWidth={1.5} aria-hidden />
            Import
          </ButtonLink>
        ) : null}
        {canReview && total > 0 ? (
          <ButtonLink href={`${base}/review${params === '' ? '' : `?${params}`}`} variant="primary" className="num">
            Review {formatCount(total)}
          </ButtonLink>
        ) : null}
      </PageHead>
      {all === 0 ? (
        <NoSamples importHref={canImport ? `${base}/import` : null} />
      ) : (
        <>
          <ViewBar filter={filter} onChange={setFilter} states={states} />
          <div className="flex min-h-0 flex-1">
            <FilterColumn filter={filter} facets={facets} onChange={setFilter} />
            {facets !== null && total === 0 ? (
              <NoMatch filter={filter} facets={facets} onChange={setFilter} />
            ) : (
              <SampleTable
                projectId={projectId}
                query={query}
                first={first}
                total={total}
                nowMs={nowMs}
                reviewHref={reviewHref}
                searchId={SEARCH_ID}
              />
            )}
          </div>
        </>
      )}
    </>
  )
}

/** Asks the server when the typing pauses, and keeps what is typed when the address changes from elsewhere. */
function Search({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text)
  const [known, setKnown] = useState(text)
  if (text !== known) {
    setKnown(text)
    setTyped(text)
  }
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onChange(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, text, onChange])
  return <SearchField id={SEARCH_ID} label="Search questions" shortcut="/" value={typed} onChange={setTyped} className="w-65" />
}
