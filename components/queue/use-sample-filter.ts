'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { parseSampleFilter, type SampleFilter, sampleFilterParams } from '@/core/sample-filter'

/** The filter lives in the address: reload, back and a sent link show the same list. Changing it asks no page of the server. */
export function useSampleFilter(): [SampleFilter, string, (filter: SampleFilter) => void] {
  const path = usePathname()
  const params = useSearchParams()
  const filter = useMemo(() => parseSampleFilter(new URLSearchParams(params.toString())), [params])
  const query = sampleFilterParams(filter).toString()
  const setFilter = useCallback(
    (next: SampleFilter) => {
      const text = sampleFilterParams(next).toString()
      window.history.replaceState(null, '', text === '' ? path : `${path}?${text}`)
    },
    [path],
  )
  return [filter, query, setFilter]
}
