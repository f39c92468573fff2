'use client'

import { Play } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { countOf } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { CheckBox } from '@/components/ui/check-box'
import { QueryProvider } from '@/components/ui/query-provider'
import { StartRunDialog } from './start-run-dialog'

type Selection = { readonly picked: ReadonlySet<string>; readonly set: (ids: readonly string[], isOn: boolean) => void }

const SelectionContext = createContext<Selection | null>(null)

/** Videos that are ticked on the page, and what can be done with them. Without it the ticks are not shown. */
export function VideoSelection({ projectId, base, children }: { projectId: string; base: string; children: ReactNode }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [isStarting, setIsStarting] = useState(false)
  const value = useMemo<Selection>(
    () => ({
      picked,
      set: (ids, isOn) =>
        setPicked((before) => {
          const next = new Set(before)
          for (const id of ids)
            if (isOn) next.add(id)
            else next.delete(id)
          return next
        }),
    }),
    [picked],
  )
  return (
    <SelectionContext value={value}>
      {children}
      {picked.size === 0 ? null : (
        <section
          aria-label="Selected videos"
          className="flex h-(--h-decision) flex-none items-center gap-3 border-line-strong border-t bg-raised px-5"
        >
          <span className="num font-semibold" role="status">
            {countOf(picked.size, 'video')} selected
          </span>
          <Button variant="ghost" onClick={() => setPicked(new Set())}>
            Clear
          </Button>
          <span className="flex-1" />
          <Button variant="primary" onClick={() => setIsStarting(true)}>
            <Play size={14} strokeWidth={1.75} aria-hidden />
            Run pipeline…
          </Button>
        </section>
      )}
      {isStarting ? (
        <QueryProvider>
          <StartRunDialog {...{ projectId, base }} chosen={[...picked]} onClose={() => setIsStarting(false)} />
        </QueryProvider>
      ) : null}
    </SelectionContext>
  )
}

/** The tick of one video; of all on the page with several ids. */
export function VideoTick({ ids, label }: { ids: readonly string[]; label: string }) {
  const selection = useContext(SelectionContext)
  if (selection === null || ids.length === 0) return null
  const on = ids.filter((id) => selection.picked.has(id)).length
  return (
    <CheckBox label={label} checked={on === ids.length} isMixed={on > 0 && on < ids.length} onChange={(isOn) => selection.set(ids, isOn)} />
  )
}
