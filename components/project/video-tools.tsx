'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { SearchField } from '@/components/ui/search-field'
import { Segmented } from '@/components/ui/segmented'

type VideoToolsProps = { path: string; text: string; isProblemsOnly: boolean; counts: { total: number; failed: number } }

const TYPING_MS = 300

function addressOf(path: string, text: string, isProblemsOnly: boolean): string {
  const params = new URLSearchParams()
  if (text !== '') params.set('q', text)
  if (isProblemsOnly) params.set('problems', '1')
  return params.size === 0 ? path : `${path}?${params}`
}

/** Search and the switch to files with problems; both live in the address. */
export function VideoTools({ path, text, isProblemsOnly, counts }: VideoToolsProps) {
  const router = useRouter()
  const [typed, setTyped] = useState(text)
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => router.replace(addressOf(path, typed.trim(), isProblemsOnly)), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, text, path, isProblemsOnly, router])
  return (
    <>
      <Segmented
        label="Show"
        value={isProblemsOnly ? 'problems' : 'all'}
        onChange={(value) => router.replace(addressOf(path, text, value === 'problems'))}
        choices={[
          { value: 'all', label: 'All', note: counts.total.toLocaleString('en-US') },
          { value: 'problems', label: 'Problems', note: counts.failed.toLocaleString('en-US') },
        ]}
      />
      <SearchField label="Search files" value={typed} onChange={setTyped} className="w-55" />
    </>
  )
}

/** While files are being prepared the page looks again by itself. */
export function RefreshWhile({ isBusy, everyMs = 3000 }: { isBusy: boolean; everyMs?: number }) {
  const router = useRouter()
  useEffect(() => {
    if (!isBusy) return
    const timer = setInterval(() => router.refresh(), everyMs)
    return () => clearInterval(timer)
  }, [isBusy, everyMs, router])
  return null
}
