'use client'

import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson } from '@/browser/api'
import { type SampleFacets, type SamplePage, type SampleRow, sampleFacetsSchema, samplePageSchema } from '@/core/sample-row'
import { PAGE_SIZE } from './page-size'

const FRESH_MS = 20_000

type Source = {
  projectId: string
  query: string /** Answer of the server component for `query`, already here. */
  first: { query: string; page: SamplePage }
}

/**
 * Rows by their place in the list. Pages next to one another are asked for by the last row of the one before (keyset), a jump
 * of the scroll bar by number. Rows not here yet are `null`: their place is drawn empty.
 */
export function useSampleRows({ projectId, query, first }: Source, from: number, to: number) {
  const client = useQueryClient()
  const firstPage = Math.floor(Math.max(0, from) / PAGE_SIZE)
  const lastPage = Math.floor(Math.max(0, to) / PAGE_SIZE)
  const numbers = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index)
  const keyOf = (page: number) => ['sample-rows', projectId, query, page] as const
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: keyOf(page),
      staleTime: FRESH_MS,
      structuralSharing: false,
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const before = page === 0 ? undefined : client.getQueryData<SamplePage>(keyOf(page - 1))
        const params = new URLSearchParams(query)
        params.set('limit', String(PAGE_SIZE))
        if (before?.next != null) params.set('after', before.next)
        else params.set('offset', String(page * PAGE_SIZE))
        return getJson(`/api/projects/${projectId}/sample-rows?${params}`, samplePageSchema, { signal })
      },
      ...(page === 0 && query === first.query ? { initialData: first.page } : {}),
    })),
  })
  const failed = pages.find((page) => page.isError)
  return {
    rowAt: (index: number): SampleRow | null => {
      const page = pages[Math.floor(index / PAGE_SIZE) - firstPage]
      return page?.data?.rows[index % PAGE_SIZE] ?? null
    },
    error: failed?.error ?? null,
    retry: () => pages.forEach((page) => void (page.isError && page.refetch())),
  }
}

export function useSampleFacets(projectId: string, query: string): SampleFacets | null {
  const params = new URLSearchParams(query)
  params.delete('order')
  const text = params.toString()
  const answer = useQuery({
    queryKey: ['sample-facets', projectId, text],
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/sample-facets?${text}`, sampleFacetsSchema, { signal }),
  })
  return answer.data ?? null
}
