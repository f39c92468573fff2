import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { withFigures } from './performance-text'

const document = readFileSync(path.resolve(import.meta.dirname, '..', '..', 'docs', 'performance.md'), 'utf8')
const outcome = {
  machine: { cpu: 'Some CPU', cores: 4, memoryGib: 16, node: 'v20.19.0' },
  measuredAt: '2026-11-22T10:00:00.000Z',
  reports: [
    {
      name: 'import',
      figures: [
        { name: 'import, time', value: 123.4, unit: 's', target: '<= 300', isMet: true },
        { name: 'rows', value: 1620.7, unit: 'rows/s', target: null, isMet: null },
        { name: 'a | b', value: 0.51234, unit: 'x raw', target: '>= 0.8', isMet: false },
      ],
      notes: ['200,000 rows'],
    },
  ],
}
const output = `some table\n\n${JSON.stringify(outcome)}\n`

test('figures stand between the marks, misses as well, and the rest of the page stays', () => {
  const text = withFigures(document, output)
  expect(text).toContain('On 2026-11-22: Some CPU, 4 cores, 16 GiB, Node.js v20.19.0.')
  expect(text).toContain('| import | import, time | 123 s | <= 300 | met |')
  expect(text).toContain('| import | rows | 1,621 rows/s |  |  |')
  expect(text).toContain('| import | a \\| b | 0.5123 x raw | >= 0.8 | **missed** |')
  expect(text).toContain('* import: 200,000 rows')
  expect(text.split('<!-- measured')[0]).toBe(document.split('<!-- measured')[0])
  expect(withFigures(text, output)).toBe(text)
})

test('the models in a browser have a section of their own, and neither wipes the other', () => {
  const [report] = outcome.reports
  const both = withFigures(withFigures(document, output), `${JSON.stringify({ ...outcome, reports: [{ ...report, name: 'webgpu' }] })}\n`)
  expect(both).toContain('| webgpu | rows | 1,621 rows/s |  |  |')
  expect(both).toContain('| import | rows | 1,621 rows/s |  |  |')
  expect(both.indexOf('| webgpu | rows')).toBeGreaterThan(both.indexOf('<!-- measured webgpu: begin -->'))
})

test('a page without marks and an output without figures are refused', () => {
  expect(() => withFigures('# Figures\n', output)).toThrow('marks')
  expect(() => withFigures(document, 'it went wrong\n')).toThrow()
})
