'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createSampleReader } from '@/browser/prefetch'
import { bindShortcuts } from '@/browser/shortcuts'
import type { SampleSync, SyncEvent } from '@/browser/sync'
import { useToast } from '@/components/ui/toast'
import type { QueuePage, ReviewSample } from '@/core/review-sample'
import { isEditable } from '@/core/sample-state'
import { KeyboardDialog } from './keyboard-dialog'
import { QueueColumn } from './queue/queue-column'
import { neighbour, nextOpen, useQueue } from './queue/use-queue'
import { type ReviewSession, SessionProvider, StoreProvider } from './review-context'
import { SaveBadge } from './save-badge'
import { SavePanel } from './save-panel'
import { AllDone, SampleError, WorkspaceSkeleton } from './screen-states'
import { TopBar } from './top-bar'
import { useDecisions } from './use-decisions'
import { useOpenSample } from './use-open-sample'
import { useSyncManager } from './use-sync-manager'
import { Workspace } from './workspace'

export type ReviewScreenProps = {
  readonly session: Omit<ReviewSession, 'reader'>
  readonly queue: QueuePage
  /** The sample to begin with, read on the server. */
  readonly sample: ReviewSample | null
  /** The filter as a query, without `sample`. */
  readonly filter: string
  readonly filterWords: string
  readonly filterCount: number
  readonly orderText: string
}

export function ReviewScreen({
  session: facts,
  queue: firstPage,
  sample: first,
  filter,
  filterWords,
  filterCount,
  orderText,
}: ReviewScreenProps) {
  const { project, viewer } = facts
  const reader = useMemo(() => createSampleReader(project.id), [project.id])
  const seeded = useRef(false)
  if (!seeded.current && first !== null) {
    seeded.current = true
    reader.put(first)
  }
  const session = useMemo<ReviewSession>(() => ({ ...facts, reader }), [facts, reader])
  const manager = useSyncManager(viewer.id)
  const toast = useToast()
  const queue = useQueue(reader, filter, firstPage)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const [isMerging, setIsMerging] = useState(false)
  const [isSaveOpen, setIsSaveOpen] = useState(false)
  const [isAllDone, setIsAllDone] = useState(false)
  const eventsRef = useRef<(sync: SampleSync, event: SyncEvent) => void>(() => {})
  const onSync = useCallback((sync: SampleSync) => void sync.subscribe((event) => eventsRef.current(sync, event)), [])
  const { wantedId, open, goTo, reread } = useOpenSample(reader, manager, first?.id ?? null, facts.canEdit, onSync)

  const show = useCallback(
    (sampleId: string, way: 'push' | 'none' = 'push') => {
      setIsAllDone(false)
      setIsMerging(false)
      goTo(sampleId)
      if (way === 'push') {
        const params = new URLSearchParams(filter)
        params.set('sample', sampleId)
        window.history.pushState(null, '', `?${params.toString()}`)
      }
    },
    [goTo, filter],
  )

  // The address names the sample from the start, so that a reload comes back to it.
  const firstId = first?.id ?? null
  useEffect(() => {
    const params = new URLSearchParams(window.location.search)
    if (firstId === null || params.get('sample') !== null) return
    params.set('sample', firstId)
    window.history.replaceState(null, '', `?${params.toString()}`)
  }, [firstId])

  useEffect(() => {
    const onPop = () => {
      const sampleId = new URLSearchParams(window.location.search).get('sample')
      if (sampleId !== null) show(sampleId, 'none')
    }
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }, [show])

  const { items } = queue.view
  const go = (by: 1 | -1) => {
    const next = wantedId === null ? items[0] : neighbour(items, wantedId, by)
    if (next != null) show(next.id)
    else void (by > 0 ? queue.loadAfter() : queue.loadBefore())
  }
  const goNextOpen = async (fromId: string) => {
    let next = nextOpen(queue.latest.current.items, fromId)
    if (next === null && queue.latest.current.hasAfter) {
      await queue.loadAfter()
      next = nextOpen(queue.latest.current.items, fromId)
    }
    if (next === null) setIsAllDone(true)
    else show(next.id)
  }
  const decisions = useDecisions({ session, queue, open, toast, show, goNextOpen, reread })
  eventsRef.current = decisions.onEvent

  useEffect(() => {
    if (wantedId === null) return
    const place = items.findIndex((item) => item.id === wantedId)
    const ahead = items.slice(place + 1, place + 4).map((item) => item.id)
    // The open sample comes first: reading ahead waits until it is painted.
    const prepare = async (sample: ReviewSample) => manager?.open(sample)
    const timer = setTimeout(() => void reader.readAhead(ahead, prepare), 150)
    if (items.length - place < 8) void queue.loadAfter()
    return () => clearTimeout(timer)
  }, [wantedId, items, reader, manager, queue.loadAfter])

  useEffect(() => bindShortcuts({ help: () => setIsHelpOpen((isOpen) => !isOpen) }), [])

  const place = items.findIndex((item) => item.id === wantedId)
  const listHref = `/projects/${project.slug}/samples${filter === '' ? '' : `?${filter}`}`
  const store = open?.store ?? null
  return (
    <SessionProvider session={session}>
      <div className="grid h-dvh min-w-[1100px] grid-cols-[208px_minmax(0,1fr)_408px] grid-rows-[44px_minmax(0,1fr)_48px] max-[1360px]:grid-cols-[176px_minmax(0,1fr)_376px] min-[1800px]:grid-cols-[272px_minmax(0,1fr)_744px]">
        <TopBar
          position={place < 0 ? null : queue.view.position + place}
          total={queue.view.total}
          filterWords={filterWords}
          filterCount={filterCount}
          listHref={listHref}
          onGo={go}
          onHelp={() => setIsHelpOpen(true)}
        >
          {store === null ? null : (
            <StoreProvider store={store}>
              <SaveBadge onPress={() => (store.getState().save.word === 'Not merged yet' ? setIsMerging(true) : setIsSaveOpen(true))} />
              <SavePanel isOpen={isSaveOpen} onOpenChange={setIsSaveOpen} />
            </StoreProvider>
          )}
        </TopBar>
        <QueueColumn
          view={queue.view}
          currentId={wantedId}
          projectId={project.id}
          orderText={orderText}
          onOpen={show}
          onNeedAfter={queue.loadAfter}
          onNeedBefore={queue.loadBefore}
        />
        {isAllDone || firstPage.total === 0 ? (
          <AllDone
            total={queue.view.total}
            left={queue.view.counts.left}
            slug={project.slug}
            listHref={listHref}
            onAgain={() => {
              const again = items.find((item) => isEditable(item.state))
              if (again !== undefined) show(again.id)
              else void queue.reload(null)
            }}
          />
        ) : open?.error != null ? (
          <SampleError error={open.error} onRetry={() => reread(open.sampleId)} />
        ) : store === null ? (
          <WorkspaceSkeleton />
        ) : (
          <StoreProvider store={store}>
            <Workspace
              store={store}
              decide={decisions.decide}
              reopen={decisions.reopen}
              go={go}
              undoDecision={decisions.undoLast}
              isMerging={isMerging}
              onMergingChange={setIsMerging}
            />
          </StoreProvider>
        )}
      </div>
      <KeyboardDialog isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />
    </SessionProvider>
  )
}
