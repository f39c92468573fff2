import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { leaseSelector } from './selector-lease'
import type { SelectorClient } from './selector-types'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function counted() {
  const counts = { opened: 0, disposed: 0 }
  const open = (): SelectorClient => {
    counts.opened += 1
    return {
      suggest: () => Promise.reject(new Error('not asked')),
      dispose() {
        counts.disposed += 1
      },
    }
  }
  return { counts, lease: leaseSelector(open, 1000) }
}

it('opens nothing before it is taken, then one client for all', () => {
  const { counts, lease } = counted()
  expect(counts.opened).toBe(0)
  expect(lease.take()).toBe(lease.take())
  expect(counts.opened).toBe(1)
})

it('keeps the client while a panel is open, and a while after the last one closed', () => {
  const { counts, lease } = counted()
  lease.take()
  lease.take()
  lease.giveBack()
  vi.advanceTimersByTime(5000)
  expect(counts.disposed).toBe(0)
  lease.giveBack()
  vi.advanceTimersByTime(999)
  expect(counts.disposed).toBe(0)
  vi.advanceTimersByTime(1)
  expect(counts.disposed).toBe(1)
})

it('is taken again in time, or opened anew', () => {
  const { counts, lease } = counted()
  lease.take()
  lease.giveBack()
  vi.advanceTimersByTime(500)
  lease.take()
  vi.advanceTimersByTime(5000)
  expect(counts).toEqual({ opened: 1, disposed: 0 })
  lease.giveBack()
  vi.advanceTimersByTime(1000)
  lease.take()
  expect(counts).toEqual({ opened: 2, disposed: 1 })
})
