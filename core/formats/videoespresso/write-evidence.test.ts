import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { recordsOf, requireRecord } from '@/core/document'
import { altered, frameNo, rid, run } from '@/core/document.fixture'
import { setVerdict } from '@/core/edits'
import { addBox, copyBoxToFrame, removeBox, setBoxRect } from '@/core/edits-boxes'
import { addCoreFrame } from '@/core/edits-frames'
import { editStep, moveStep } from '@/core/edits-steps'
import type { Size } from '@/core/geometry'
import type { SampleDocument } from '@/core/records'
import { BOX_CONVENTIONS, type BoxConventionName } from './box-convention'
import { buildRow, cited, contextOf } from './row.fixture'
import { writeEvidence } from './write-evidence'

const HD: Size = { width: 1280, height: 720 }
const paths = (count: number) => Array.from({ length: count }, (_, n) => `${n * 48}.jpg`)

function read(
  evidence: string,
  { size = HD as Size | null, frames = 2, convention = 'cxcywh1000' as BoxConventionName } = {},
): SampleDocument {
  return buildRow({ question: 'Why?', evidence, keyframe_path: paths(frames) }, contextOf({ size }, convention)).document
}

const write = (
  document: SampleDocument,
  rawEvidence: string | null,
  size: Size | null = HD,
  convention: BoxConventionName = 'cxcywh1000',
) => writeEvidence(document, { rawEvidence, convention, size })

const man = cited('man', '[500,500, 100,100]')
const dog = cited('dog', '[ 250, 250, 100, 50 ]')
const raw = `The ${man} holds on. The ${dog} pulls.`

describe('what nobody touched keeps its spelling', () => {
  it('while another sentence is edited', () => {
    expect(write(editStep(read(raw), 's1', [run('He lets go. ')]), raw)).toBe(`He lets go. The ${dog} pulls.`)
  })

  it('while its sentences change places', () => {
    expect(write(moveStep(read(raw), 's2', 0), raw)).toBe(`The ${dog} pulls. The ${man} holds on. `)
  })

  it('while another box is moved', () => {
    const moved = setBoxRect(read(raw), 'b2', { x: 0, y: 0, w: 128, h: 72 })
    expect(write(moved, raw)).toBe(`The ${man} holds on. The ${cited('dog', '[50, 50, 100, 100]')} pulls.`)
  })

  it('in a box that had to be cut at the edge', () => {
    const wide = `The ${cited('sky', '[500,0,2000,100]')} is wide. He runs.`
    expect(write(editStep(read(wide), 's2', [run('He falls.')]), wide)).toBe(`The ${cited('sky', '[500,0,2000,100]')} is wide. He falls.`)
  })

  it('in lists of one list a frame', () => {
    const both = `A ${cited('man', '[[500,500,100,100],[400,400,100,100]]')} runs. He falls.`
    expect(write(editStep(read(both), 's2', [run('He stops.')]), both)).toContain('[[500,500,100,100],[400,400,100,100]]')
  })

  const whole = fc.integer({ min: 60, max: 940 })
  const side = fc.integer({ min: 2, max: 100 })
  const part = fc.oneof(
    fc.constantFrom('He runs. ', 'In the second frame ', 'it rains', '! And\n', '. '),
    fc
      .tuple(fc.constantFrom('man', 'dog', 'wet rope'), whole, whole, side, side)
      .map(([name, ...box]) => cited(name, `[${box.join(',')}]`)),
  )
  const picture = fc.record({ width: fc.integer({ min: 120, max: 4096 }), height: fc.integer({ min: 90, max: 4096 }) })

  test('whatever the picture, down to the smallest', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), picture, fc.integer({ min: 1, max: 3 }), (parts, size, frames) => {
        const evidence = `It ${parts.join('')}`
        expect(write(read(evidence, { size, frames }), evidence, size)).toBe(evidence)
      }),
    )
  })
})

describe('what changed is written anew', () => {
  it('a box in another convention lies on the same pixels', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BOX_CONVENTIONS), fc.nat({ max: 900 }), fc.nat({ max: 500 }), (convention, x, y) => {
        const moved = setBoxRect(read(raw), 'b1', { x, y, w: 300, h: 200 })
        const again = read(write(moved, null, HD, convention), { convention })
        const [before, after] = [moved, again].map((document) => requireRecord(document, 'b1', 'box').rect)
        for (const edge of ['x', 'y', 'w', 'h'] as const) expect(Math.abs((after?.[edge] ?? -9) - (before?.[edge] ?? 9))).toBeLessThan(0.01)
      }),
    )
  })

  it('a new object name', () => {
    const renamed = altered(read(raw), 's1', {
      tokens: [run('The '), { kind: 'mention', objectId: 'o1', text: 'old man', boxIds: ['b1'], emptyBox: false }, run(' holds on. ')],
    })
    expect(write(renamed, raw)).toBe(`The ${cited('old man', '[500, 500, 100, 100]')} holds on. The ${dog} pulls.`)
  })

  it('a box that moved to another frame, without going back to the old one', () => {
    const listed = `A ${cited('man', '[[500,500,100,100],[]]')} runs.`
    const copied = copyBoxToFrame(read(listed), 'b1', { id: rid('b9'), frameId: rid('f2') })
    const text = write(removeBox(copied, 'b1'), listed)
    expect(text).not.toContain('[[500,500,100,100],[]]')
    expect(text).toBe(`A ${cited('man', '[500, 500, 100, 100]')} runs.`)
    expect(write(copied, listed)).toBe(`A ${cited('man', '[[500, 500, 100, 100], [500, 500, 100, 100]]')} runs.`)
  })

  it('lists by frame once there is a frame more, so that none slips to a neighbour', () => {
    const listed = `A ${cited('man', '[[500,500,100,100],[400,400,100,100]]')} runs.`
    const more = addCoreFrame(read(listed), { id: rid('f9'), index: frameNo(90), pts: 9000, caption: 'new' })
    expect(write(more, listed)).toContain('[[], [500, 500, 100, 100], [400, 400, 100, 100]]')
  })

  it('two sentences that touch get a space', () => {
    const doc = editStep(editStep(read(raw), 's1', [run('He lets go.')]), 's2', [run('It ends.')])
    expect(write(doc, raw)).toBe('He lets go. It ends.')
  })
})

describe('what a person drew or threw out', () => {
  const empty = `The ${cited('dog', '[]')} runs.`

  it('a box drawn for an empty list fills it', () => {
    const drawn = addBox(read(empty), { id: rid('b9'), objectId: rid('o1'), frameId: rid('f1'), rect: { x: 128, y: 72, w: 128, h: 72 } })
    expect(write(drawn, empty)).toBe(`The ${cited('dog', '[150, 150, 100, 100]')} runs.`)
  })

  it('a box no sentence cites goes with the first mention of its object, once', () => {
    const twice = `The ${cited('dog', '[]')} runs. The ${cited('dog', '[]')} stops.`
    const drawn = addBox(read(twice), { id: rid('b9'), objectId: rid('o1'), frameId: rid('f1'), rect: { x: 128, y: 72, w: 128, h: 72 } })
    const uncited = recordsOf(drawn, 'step').reduce(
      (doc, step) => altered(doc, step.id, { tokens: recordsOf(read(twice), 'step').find(({ id }) => id === step.id)?.tokens }),
      drawn,
    )
    expect(write(uncited, twice)).toBe(`The ${cited('dog', '[150, 150, 100, 100]')} runs. The ${cited('dog', '[]')} stops.`)
  })

  it('a rejected box leaves an empty place, never its numbers', () => {
    const text = write(setVerdict(read(raw), 'b1', 'rejected', [{ code: 'B2', note: '' }]), raw)
    expect(text).toBe(`The <obj_start>man<obj_end> holds on. The ${dog} pulls.`)
  })

  it('a rejected sentence is gone', () => {
    expect(write(setVerdict(read(raw), 's1', 'rejected', [{ code: 'E1', note: '' }]), raw)).toBe(`The ${dog} pulls.`)
  })

  it('a rejected frame takes its boxes along', () => {
    const text = write(setVerdict(read(raw), 'f1', 'rejected', [{ code: 'F1', note: '' }]), raw)
    expect(text).toBe('The <obj_start>man<obj_end> holds on. The <obj_start>dog<obj_end> pulls.')
  })

  it('nothing at all is an empty text', () => {
    expect(write(read(''), null)).toBe('')
  })
})

describe('without a video', () => {
  it.each(['xyxypx', 'xywhpx'] as const)('pixels of %s stay the numbers of the source', (convention) => {
    const far = `The ${cited('car', '[1500,800,1700,900]')} turns. It stops.`
    const doc = editStep(read(far, { size: null, convention }), 's2', [run('It goes.')])
    expect(write(doc, far, null, convention)).toBe(`The ${cited('car', '[1500,800,1700,900]')} turns. It goes.`)
    expect(write(doc, null, null, convention)).toContain('[1500, 800, 1700, 900]')
  })
})
