import { describe, expect, it } from 'vitest'
import { readFrameNumber } from './frame-number'

const taken = new Map([[287, 'F2']])

describe('readFrameNumber', () => {
  it('reads an index of the video', () => {
    expect(readFrameNumber(' 286 ', 420, taken)).toEqual({ index: 286, problem: null })
    expect(readFrameNumber('0', 420, taken)).toEqual({ index: 0, problem: null })
    expect(readFrameNumber('419', 420, taken)).toEqual({ index: 419, problem: null })
  })

  it('does not complain of an empty field', () => {
    expect(readFrameNumber('  ', 420, taken)).toEqual({ index: null, problem: null })
  })

  it.each(['-1', '1.5', '1e3', 'F2', '0x10', '99999999999'])('refuses %s', (text) => {
    expect(readFrameNumber(text, 420, taken)).toEqual({ index: null, problem: 'Write the index as a whole number.' })
  })

  it('names the range and the frame that has the index already', () => {
    expect(readFrameNumber('420', 420, taken).problem).toBe('The video has frames 0 to 419.')
    expect(readFrameNumber('287', 420, taken).problem).toBe('Frame 287 is F2 already.')
  })
})
