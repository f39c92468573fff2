import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HOSTILE_FILES, writeHostile } from '@/e2e/fixtures/hostile'
import { stopMedia } from '@/server/media/media-client'
import { parseSignals, selectFromVideo } from './select-video'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-select-video-'))
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

describe('parseSignals', () => {
  it.each([
    ['text,objects', { text: 1, objects: 1 }],
    [' objects ', { objects: 1 }],
    ['text=2,objects=0.5', { text: 2, objects: 0.5 }],
    ['text=0,vision', { vision: 1 }],
  ])('reads %j', (typed, weights) => {
    expect(parseSignals(typed)).toEqual(weights)
  })

  it.each([
    ['', 'takes text, objects, vision'],
    ['text objects', 'takes text, objects, vision'],
    ['text,', 'takes text, objects, vision'],
    ['TEXT', 'takes text, objects, vision'],
    ['text=-1', 'takes text, objects, vision'],
    ['text=many', 'takes text, objects, vision'],
    ['text=1.2.3', 'weight of text'],
    ['text=1e9', 'takes text, objects, vision'],
    ['text=99999', 'weight of text'],
    ['text,text', 'names text twice'],
    ['text=0', 'no signal a weight'],
  ])('refuses %j', (typed, words) => {
    expect(() => parseSignals(typed)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(words), details: { option: '--signal' } }),
    )
  })
})

it('names a file that is no video, before any model is opened', async () => {
  const lines: string[] = []
  const io = {
    isJson: true,
    result: () => undefined,
    progress: (line: string) => void lines.push(line),
    path: (typed: string) => path.resolve(folder, typed),
    signal: new AbortController().signal,
  }
  const asked = { question: 'Where is the dog?', weights: parseSignals('text'), method: 'adaptive', options: { k: 6 } } as const
  for (const file of HOSTILE_FILES) {
    const video = writeHostile(folder, file)
    await expect(selectFromVideo({ ...asked, video }, io)).rejects.toMatchObject({ code: file.code, details: { file: video } })
  }
  expect(lines).toEqual([])
})
