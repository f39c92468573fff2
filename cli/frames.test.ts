import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { HOSTILE_FILES, writeHostile } from '@/e2e/fixtures/hostile'
import { stopMedia } from '@/server/media/media-client'
import type { Command } from './arguments'
import { command as frame } from './frame'
import { command as frames } from './frames'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-cli-'))
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

async function run(command: Command, words: string[]): Promise<{ value: unknown; text: string; code: number }> {
  const out: { value: unknown; text: string }[] = []
  const io = {
    isJson: true,
    result: (value: unknown, text: string) => void out.push({ value, text }),
    progress: () => undefined,
    path: (typed: string) => path.resolve(folder, typed),
    signal: new AbortController().signal,
  }
  const code = await command.execute(words, io)
  const [only] = out
  if (only === undefined || out.length !== 1) throw new Error('a command prints exactly one result')
  return { ...only, code }
}

test('frames lists every frame with index, pts, seconds and key', async () => {
  const { value, code } = await run(frames, ['--video', clipPath(clipSpec('cfr-23.976'))])
  expect(code).toBe(0)
  expect(value).toMatchObject({ count: 60, timeBase: [1, 24000], width: 160, height: 120, rotation: 0, sar: [1, 1] })
  const list = (value as { frames: { index: number; pts: number; timeSec: number; key: boolean }[] }).frames
  expect(list[0]).toMatchObject({ index: 0, key: true })
  expect(list[24]?.timeSec).toBeCloseTo((list[0]?.timeSec ?? 0) + 1.001, 9)
  expect(Object.keys(list[59] ?? {})).toEqual(['index', 'pts', 'timeSec', 'key'])
})

test('frame writes exactly the wanted frame, upright and in square pixels', async () => {
  for (const [name, index, counter] of [
    ['rotate-90', 7, 7],
    ['sar-8-9', 24, 24],
    ['edit-preroll', 3, 13],
  ] as const) {
    const { value } = await run(frame, ['--video', clipPath(clipSpec(name)), '--index', String(index), '--out', 'x.png'])
    const { data, info } = await sharp(path.join(folder, 'x.png')).raw().toBuffer({ resolveWithObject: true })
    expect(readCounter({ width: info.width, height: info.height, rgb: data })).toBe(counter)
    expect(value).toMatchObject({ index, width: info.width, height: info.height })
    expect(readFileSync(path.join(folder, 'x.png')).subarray(1, 4).toString()).toBe('PNG')
  }
  expect(readdirSync(folder)).toEqual(['x.png'])
})

test('bad input names the file and writes nothing', async () => {
  const video = clipPath(clipSpec('cfr-25'))
  await expect(run(frame, ['--video', video, '--index', '60', '--out', 'none.png'])).rejects.toMatchObject({
    code: 'frame_out_of_range',
    details: { file: video, count: 60 },
  })
  await expect(run(frame, ['--video', video, '--index', '-1', '--out', 'none.png'])).rejects.toMatchObject({ code: 'frame_out_of_range' })
  await expect(run(frame, ['--video', video, '--index', '0', '--out', 'no/such/folder.png'])).rejects.toMatchObject({
    code: 'invalid_input',
  })
  for (const file of HOSTILE_FILES) {
    const place = writeHostile(folder, file)
    await expect(run(frames, ['--video', place])).rejects.toMatchObject({ code: file.code, details: { file: place } })
    await expect(run(frame, ['--video', place, '--index', '0', '--out', 'none.png'])).rejects.toMatchObject({ code: file.code })
  }
  expect(readdirSync(folder)).not.toContain('none.png')
})
