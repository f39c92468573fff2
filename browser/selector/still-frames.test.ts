import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FrameTable } from '@/core/frame-table'
import { framesOf, VIEW } from './selector.fixture'
import { readStills } from './still-frames'

const one: [number, number] = [1, 1]
const table: FrameTable = {
  ...{ ...VIEW, codedWidth: VIEW.width, codedHeight: VIEW.height, rotation: 0, sar: one, timeBase: [1, 10] },
  ...{ pts: [0], duration: [1], key: [true] },
}
const request = { projectId: 'p', video: { id: 'v', sha256: 'a'.repeat(64), ...VIEW }, table }
const never = new AbortController().signal

/** Bitmaps that were made and not closed yet, and requests under way, with the most there were. */
let held = 0
let underWay = 0
let mostUnderWay = 0

beforeEach(() => {
  held = 0
  underWay = 0
  mostUnderWay = 0
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    underWay += 1
    mostUnderWay = Math.max(mostUnderWay, underWay)
    await Promise.resolve()
    underWay -= 1
    signal?.throwIfAborted()
    const error = { code: 'corrupt_media', message: 'Frame 20 cannot be decoded.', details: {} }
    return path.endsWith('/stills/20') && isBroken ? Response.json({ error }, { status: 422 }) : new Response('jpeg')
  })
  vi.stubGlobal('createImageBitmap', async () => {
    held += 1
    let isOpen = true
    const close = () => {
      held -= isOpen ? 1 : 0
      isOpen = false
    }
    return { close }
  })
})
afterEach(() => vi.unstubAllGlobals())
let isBroken = false

describe('stills as candidate frames', () => {
  it('come in order, a few ahead, and each is closed behind its use', async () => {
    const seen: number[] = []
    const open: number[] = []
    const why = await readStills(
      request,
      framesOf(10),
      async ({ frame, width, height }) => {
        seen.push(frame.index)
        open.push(held)
        expect([width, height]).toEqual([VIEW.width, VIEW.height])
      },
      never,
    )
    expect(why).toBeNull()
    expect(seen).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    expect(Math.max(...open)).toBeLessThanOrEqual(3)
    expect(mostUnderWay).toBeLessThanOrEqual(3)
    await vi.waitFor(() => expect(held).toBe(0))
  })

  it('that cannot be had end it with the code of the server', async () => {
    isBroken = true
    const onPicture = vi.fn(async () => undefined)
    await expect(readStills(request, framesOf(6), onPicture, never)).rejects.toMatchObject({ code: 'corrupt_media' })
    expect(onPicture).toHaveBeenCalledTimes(2)
    await vi.waitFor(() => expect(held).toBe(0))
    isBroken = false
  })

  it('are closed too when the work on one fails, or is called off', async () => {
    const fault = new Error('the model broke')
    await expect(readStills(request, framesOf(6), async () => Promise.reject(fault), never)).rejects.toBe(fault)
    await vi.waitFor(() => expect(held).toBe(0))
    const control = new AbortController()
    const reason = new Error('enough')
    await expect(readStills(request, framesOf(6), async () => control.abort(reason), control.signal)).rejects.toBe(reason)
    await vi.waitFor(() => expect(held).toBe(0))
  })
})
