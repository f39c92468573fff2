'use client'

import { useEffect, useState } from 'react'
import { createSyncManager, type SyncManager } from '@/browser/sync-manager'
import { askToKeepStorage, browserWorld } from '@/browser/sync-world'
import { claimTab, ifTabIsGone } from '@/browser/tab-claim'

/** One manager per page: the tab's claim and its queues outlive a remount. */
let shared: { userId: string; manager: Promise<SyncManager> } | null = null

async function makeManager(userId: string): Promise<SyncManager> {
  const [world, tabId] = await Promise.all([browserWorld(), claimTab()])
  const manager = createSyncManager(world, { ifTabIsGone }, { tabId, userId })
  window.addEventListener('online', () => manager.retryAll())
  void manager.adoptAbandoned().catch(() => {})
  void askToKeepStorage()
  return manager
}

/** The queues of this tab; null until the tab has its id. */
export function useSyncManager(userId: string): SyncManager | null {
  const [manager, setManager] = useState<SyncManager | null>(null)
  useEffect(() => {
    if (shared?.userId !== userId) shared = { userId, manager: makeManager(userId) }
    let isWanted = true
    void shared.manager.then((ready) => isWanted && setManager(ready))
    return () => {
      isWanted = false
    }
  }, [userId])
  return manager
}
