import { describe, expect, it, vi } from 'vitest'
import { altered, draftSample, frameNo } from '@/core/document.fixture'
import type { FrameTable } from '@/core/frame-table'
import { coreFrameMarks, evidenceSpans } from './document-lanes'

const draft = draftSample()
/** 1,000 frames of 40 ms. */
const table: FrameTable = {
  timeBase: [1, 1000],
  width: 640,
  height: 360,
  codedWidth: 640,
  codedHeight: 360,
  rotation: 0,
  sar: [1, 1],
  pts: Array.from({ length: 1000 }, (_, index) => index * 40),
  duration: Array.from({ length: 1000 }, () => 40),
  key: Array.from({ length: 1000 }, (_, index) => index % 25 === 0),
}
const NOWHERE = { frameId: null, stepId: null }
const nothing = () => {}

describe('core frames', () => {
  const doc = altered(altered(draft, 'f1', { index: frameNo(25), pts: 1000 }), 'f2', { index: frameNo(50), pts: 2000 })

  it('stand where the table has them, with their place and exact time', () => {
    const [first, second] = coreFrameMarks(doc, table, { ...NOWHERE, frameId: 'f2' }, nothing)
    expect(first).toMatchObject({ index: 25, label: 'F1', name: 'F1, frame 25, 0:01.000', look: 'filled', isCurrent: false })
    expect(second).toMatchObject({ index: 50, label: 'F2', isCurrent: true })
  })

  it('are left out while they are tied to no frame, or to one the video has not', () => {
    const lost = altered(altered(doc, 'f1', { index: null, pts: null }), 'f2', { index: frameNo(5000), pts: 200_000 })
    expect(coreFrameMarks(lost, table, NOWHERE, nothing).map(({ id }) => id)).not.toContain('f1')
    expect(coreFrameMarks(lost, table, NOWHERE, nothing).map(({ id }) => id)).not.toContain('f2')
  })

  it('lead to themselves', () => {
    const go = vi.fn()
    coreFrameMarks(doc, table, NOWHERE, go)[0]?.onPress()
    expect(go).toHaveBeenCalledWith('f1')
  })
})

describe('evidence', () => {
  it('covers the frames on screen during a span, and says its verdict', () => {
    const doc = altered(altered(draft, 's1', { span: { startPts: 1000, endPts: 1999 }, verdict: 'accepted' }), 's2', { span: null })
    const spans = evidenceSpans(doc, table, { ...NOWHERE, stepId: 's1' }, nothing)
    expect(spans).toHaveLength(1)
    expect(spans[0]).toMatchObject({ id: 's1', startIndex: 25, endIndex: 49, verdict: 'accepted', isCurrent: true })
    expect(spans[0]?.name).toBe('Step 1, accepted, 0:01.0–0:01.9')
    expect(spans[0]?.label).toMatch(/^1 The man/)
  })

  it('is none in a table without frames', () => {
    const doc = altered(draft, 's1', { span: { startPts: 0, endPts: 1 } })
    expect(evidenceSpans(doc, { ...table, pts: [], duration: [], key: [] }, NOWHERE, nothing)).toEqual([])
  })
})
