import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '@/core/errors'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { damagedClip, HOSTILE_FILES, writeHostile } from '@/e2e/fixtures/hostile'
import { inspectMedia, probeMedia } from './inspect-media'
import { MediaChild } from './media-child'
import { runMedia, stopMedia } from './media-client'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-hostile-'))
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

const good = () => probeMedia(clipPath(clipSpec('cfr-25')))

test.each(HOSTILE_FILES.map((file) => [file.name, file] as const))('%s is refused, and the next file works', async (_name, file) => {
  const error = await inspectMedia(writeHostile(folder, file)).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: file.code })
  expect(String((error as AppError).message)).toMatch(/\.$/)
  expect((await good()).frameCount).toBe(60)
})

test('a folder and a missing file are refused', async () => {
  await expect(probeMedia(folder)).rejects.toMatchObject({ code: 'unsupported_media' })
  await expect(probeMedia(path.join(folder, 'none.mp4'))).rejects.toMatchObject({ code: 'missing_file' })
})

test('names that look like options, protocols or patterns are only names', async () => {
  for (const name of ['-i', 'concat:a|b.mp4', 'file:x.mp4', '%03d.mp4', 'a\nb "c" $(d).mp4', 'http:__x.mp4']) {
    const target = path.join(folder, name)
    copyFileSync(clipPath(clipSpec('cfr-25')), target)
    expect((await probeMedia(target)).frameCount).toBe(60)
  }
})

test('a path may be relative to the folder we are in', async () => {
  expect((await probeMedia(path.relative(process.cwd(), clipPath(clipSpec('cfr-25'))))).frameCount).toBe(60)
})

test('damaged clips give frames or a coded refusal, never a dead process', { timeout: 60_000 }, async () => {
  const outcomes: string[] = []
  for (const name of ['cfr-25', 'hevc', 'vp9', 'av1', 'avi-mpeg4', 'ts-h264', 'mkv-late', 'fragmented']) {
    for (let seed = 1; seed <= 5; seed++) {
      const target = path.join(folder, `damaged-${name}-${seed}`)
      writeFileSync(target, damagedClip(name, seed))
      const outcome = await inspectMedia(target, { withTiles: true }).then(
        ({ info }) => (info.frameCount > 0 ? 'frames' : 'none'),
        (thrown: unknown) => (thrown instanceof AppError ? thrown.code : `not coded: ${String(thrown)}`),
      )
      outcomes.push(outcome)
    }
  }
  const expected = new Set(['frames', 'corrupt_media', 'unsupported_media', 'limit_exceeded', 'media_crashed'])
  expect(outcomes.filter((outcome) => !expected.has(outcome))).toEqual([])
  expect((await good()).frameCount).toBe(60)
})

const SIGNATURES = {
  ...{ op: 'signatures', path: clipPath(clipSpec('cfr-25')), demuxer: 'mov', limits: { maxPixels: 1e8, threads: 1 }, size: 2048 },
} as const

test('a child that overruns its time is killed', async () => {
  const child = new MediaChild(() => {})
  await child.run(SIGNATURES, {})
  process.kill(child.pid ?? 0, 'SIGSTOP')
  await expect(child.run(SIGNATURES, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'limit_exceeded' })
  expect(child.isDead).toBe(true)
})

test('the time in which we work on what it gave is not its own', async () => {
  const child = new MediaChild(() => {})
  await child.run(SIGNATURES, {})
  const timeoutMs = 2000
  const isTaken = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs * 1.5))
  await expect(child.run(SIGNATURES, { timeoutMs, onPart: () => isTaken })).resolves.toBeDefined()
  child.kill()
})

test('a child that is told to stop or dies is one coded error; the next request gets a fresh one', async () => {
  await expect(runMedia(SIGNATURES, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'unavailable' })
  const hung = runMedia(SIGNATURES, {})
  stopMedia()
  await expect(hung).rejects.toMatchObject({ code: 'media_crashed' })
  expect((await good()).frameCount).toBe(60)
})
