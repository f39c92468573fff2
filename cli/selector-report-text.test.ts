import { describe, expect, it } from 'vitest'
import { methodRow, sampleRow, videoRows } from '@/core/selection/report.fixture'
import { reasonerSchema } from '@/core/selection/report-cost'
import { ReportBuilder } from '@/core/selection/report-summary'
import { costsOf, reportText } from './selector-report-text'

const REASONER = reasonerSchema.parse({})

function summary() {
  const builder = new ReportBuilder()
  const methods = [methodRow('uniform', [2, 10], { flops: 0 }), methodRow('adaptive', [4, 9], { ms: 1234.4, flops: 5e10 })]
  builder.add(videoRows([sampleRow('a', { methods, adopted: 1 }), sampleRow('b', { methods, task: null })], { candidates: 16 }))
  builder.leaveOut('no-video', 2, 'q')
  return builder.summary()
}

describe('reportText', () => {
  it('lines the methods up, with what was left out and what flatters', () => {
    const lines = reportText(summary(), REASONER).split('\n')
    expect(lines[0]).toBe('2 settled samples with 4 core frames on 1 video.')
    // 2 · 8.5e9 · (2 · 256 + 100) = 10.40 TFLOPs, and 0.05 for choosing; 62.78 · 2 / 16 = 7.85.
    expect(lines[2]).toMatch(/^Uniform +2\.00 +16\.0 +0\.500 +0\.500 +0\.500 +1\.000 .* 10 +0\.00 +10\.40 +7\.85$/)
    expect(lines[3]).toMatch(/^Adaptive k +2\.00 +16\.0 +1\.000 +1\.000 +1\.000 +1\.000 +1\.000 +1234 +0\.05 +10\.45 +7\.85$/)
    expect(lines).toContain('task              n  uniform  adaptive')
    expect(lines).toContain('without a task    1    0.500     1.000')
    expect(lines).toContain('1 of the core frames had been proposed by a selector, which flatters it.')
    expect(lines).toContain('Left out: 2, the video is not there or could not be read (as q).')
  })

  it('says so when there is nothing', () => {
    expect(reportText(new ReportBuilder().summary(), REASONER)).toBe('No settled sample could be looked at.')
  })
})

describe('costsOf', () => {
  it('has one for each method', () => {
    const [uniform, adaptive] = costsOf(summary(), REASONER)
    expect([uniform?.method, adaptive?.method]).toEqual(['uniform', 'adaptive'])
    expect(adaptive?.cost).toMatchObject({ selector: 5e10, total: (uniform?.cost.total ?? 0) + 5e10 })
  })
})
