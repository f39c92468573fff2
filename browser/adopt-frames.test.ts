import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { recordsOf } from '@/core/document'
import { frameIndexSchema } from '@/core/ids'
import { adoptFrames, selectorWords } from './adopt-frames'
import { type Outbox, openOutbox } from './outbox'
import type { ReviewStore } from './review-store'
import { openStore } from './review-store.fixture'

let outbox: Outbox
let serial = 0

beforeEach(async () => {
  serial += 1
  outbox = await openOutbox(`adopt-${serial}`)
})

const open = (canEdit = true) => openStore(outbox, canEdit).store

const proposed = (index: number) => ({ index: frameIndexSchema.parse(index), pts: index * 40, relevance: 0.64 })
const framesOf = (store: ReviewStore) => recordsOf(store.getState().document, 'coreFrame')
const BY = 'selector adaptive in browser (wasm, 2 threads)'

describe('selectorWords', () => {
  it('names method and device', () => {
    expect(selectorWords('adaptive', { kind: 'wasm', name: 'wasm', threads: 2, reason: 'none' })).toBe(BY)
    expect(selectorWords('aks', { kind: 'wasm', name: 'wasm', threads: 1, reason: 'none' })).toBe(
      'selector aks in browser (wasm, 1 thread)',
    )
    expect(selectorWords('topk', { kind: 'webgpu', name: 'NVIDIA RTX 4070', threads: 4, reason: null })).toBe(
      'selector topk in browser (WebGPU NVIDIA RTX 4070)',
    )
  })

  it('fits the record however long the name of the adapter is', () => {
    expect(selectorWords('topk', { kind: 'webgpu', name: 'x'.repeat(1000), threads: 4, reason: null })).toHaveLength(400)
  })
})

describe('adoptFrames', () => {
  it('adds a frame that says where it came from, and shows it', () => {
    const store = open()
    const before = framesOf(store).length
    expect(adoptFrames(store, [proposed(7)], BY)).toBe(true)
    const added = framesOf(store).find(({ index }) => index === 7)
    expect(framesOf(store)).toHaveLength(before + 1)
    expect(added).toMatchObject({ verdict: 'added', pts: 280, score: 0.64, match: { method: 'selector', confidence: 1, by: BY } })
    expect(store.getState().selection.frameId).toBe(added?.id)
    expect(store.getState().history.done.at(-1)?.label).toBe('Adopt frame 7')
  })

  it('adds several in one act that one undo takes back', () => {
    const store = open()
    const before = store.getState().document
    expect(adoptFrames(store, [proposed(7), proposed(11)], BY)).toBe(true)
    expect(framesOf(store).map(({ index }) => index)).toEqual(expect.arrayContaining([7, 11]))
    expect(store.undo()).toBe(true)
    expect(store.getState().document).toEqual(before)
    expect(store.redo()).toBe(true)
    expect(framesOf(store).map(({ index }) => index)).toEqual(expect.arrayContaining([7, 11]))
  })

  it('adds none of them when one is a core frame already, and says so', () => {
    const store = open()
    const before = store.getState().document
    const taken = framesOf(store)[0]?.index
    if (taken == null) throw new Error('the example has no located core frame')
    expect(adoptFrames(store, [proposed(7), proposed(taken)], BY)).toBe(false)
    expect(store.getState().document).toBe(before)
    expect(store.getState().notice).toMatchObject({ tone: 'bad' })
  })

  it('changes nothing where a person may not edit, or where nothing is proposed', () => {
    const store = open(false)
    const before = store.getState().document
    expect(adoptFrames(store, [proposed(7)], BY)).toBe(false)
    expect(store.getState()).toMatchObject({ document: before, notice: { tone: 'warn' } })
    expect(adoptFrames(open(), [], BY)).toBe(false)
  })
})
