import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { methodRow, sampleRow, videoRows } from '@/core/selection/report.fixture'
import { reasonerSchema } from '@/core/selection/report-cost'
import { ReportBuilder } from '@/core/selection/report-summary'
import { COLUMNS, linesOf, msText, optionsText, shareText, sortLines, taskText, teraText } from './report-words'

describe('numbers of a report', () => {
  it('are short and never look like nothing when they are something', () => {
    expect([0, 0.0004, 0.7142, 0.99949, 0.9996, 1].map(shareText)).toEqual(['.000', '.000', '.714', '.999', '1.00', '1.00'])
    expect([0, 0.26, 9.9, 45.4, 999, 1234, 31_000].map(msText)).toEqual(['0.0 ms', '0.3 ms', '9.9 ms', '45 ms', '999 ms', '1.2 s', '31 s'])
    expect([0, 1e8, 6.1e10, 3.3e11, 9.26e12, 62.78e12].map(teraText)).toEqual(['0', '< .001', '.061', '.33', '9.26', '62.8'])
  })

  it('name tasks and options', () => {
    expect([null, 'causal_inference', 'their own'].map(taskText)).toEqual(['Without a task', 'Causal Inference', 'their own'])
    expect(optionsText({ weights: { text: 1, objects: 1, vision: 0 }, k: 3 })).toBe('text and objects, 3 frames')
    expect(optionsText({ weights: { text: 2, objects: 1, vision: 0 }, k: 1 })).toBe('text 2 and objects 1, 1 frame')
    expect(optionsText({ weights: { text: 0, objects: 0, vision: 5 }, k: 2 })).toBe('vision, 2 frames')
  })
})

const builder = new ReportBuilder()
builder.add(
  videoRows([
    sampleRow('a', {
      methods: [methodRow('uniform', [2, 10]), methodRow('topk', [4, 9, 15]), methodRow('adaptive', [4])],
    }),
  ]),
)
const LINES = linesOf(builder.summary().methods, 1, reasonerSchema.parse({}))
const names = (id: (typeof COLUMNS)[number]['id'], isTurned = false) => sortLines(LINES, id, isTurned).map(({ name }) => name)

describe('sortLines', () => {
  it('puts the best first, whatever better means', () => {
    expect(names('frames')).toEqual(['Adaptive k', 'Uniform', 'Top-k'])
    expect(names('f1')).toEqual(['Top-k', 'Adaptive k', 'Uniform'])
    expect(names('f1', true)).toEqual(['Uniform', 'Adaptive k', 'Top-k'])
    expect(names('name')).toEqual(['Adaptive k', 'Top-k', 'Uniform'])
  })

  it('does not put capitals before small letters', () => {
    const rows = videoRows([sampleRow('a', { methods: (['aks', 'adaptive', 'bolt'] as const).map((method) => methodRow(method, [4])) })])
    const other = new ReportBuilder()
    other.add(rows)
    const lines = linesOf(other.summary().methods, 1, reasonerSchema.parse({}))
    expect(sortLines(lines, 'name', false).map(({ name }) => name)).toEqual(['Adaptive k', 'AKS', 'BOLT'])
  })

  it('loses nobody, by any column', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COLUMNS.map(({ id }) => id)), fc.boolean(), (id, isTurned) => {
        expect([...names(id, isTurned)].sort()).toEqual(['Adaptive k', 'Top-k', 'Uniform'])
      }),
    )
  })

  it('looks at the frames within the chosen distance', () => {
    const [uniform] = linesOf(builder.summary().methods, 2, reasonerSchema.parse({}))
    expect([LINES[0]?.match.f1, uniform?.match.f1]).toEqual([0.5, 1])
  })
})
