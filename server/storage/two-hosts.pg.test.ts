/** Two machines: data folders of their own, one database, one bucket. The second machine is a real worker in its own process. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { type S3Server, startS3Server } from '@/e2e/s3-server'

const RUN_TS = path.resolve('scripts', 'run-ts.mjs')
const home = String(process.env.CREMA_DATA)
const away = mkdtempSync(path.join(tmpdir(), 'crema-away-'))
let bucket: S3Server
let worker: ChildProcess | undefined

beforeAll(async () => {
  bucket = await startS3Server()
  for (const [name, value] of Object.entries(bucket.environment)) vi.stubEnv(name, value)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  if (worker !== undefined && worker.exitCode === null) {
    const ended = new Promise((resolve) => worker?.on('exit', resolve))
    worker.kill('SIGTERM')
    await ended
  }
  await bucket.stop()
  rmSync(away, { recursive: true, force: true })
})

const awayEnvironment = () => ({ ...process.env, CREMA_DATA: away, LOG_LEVEL: 'error' })
const namesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
    : []

test('a video stored here is read by a worker there, and its stills come back here', { timeout: 120_000 }, async () => {
  const { db } = await import('../db')
  const { makeProject } = await import('../people-for-tests')
  const { registerVideo } = await import('../media/register-video')
  const { localBlob, readBlob } = await import('../storage')

  const project = await makeProject('two hosts')
  const input = { projectId: project.id, path: clipPath(clipSpec('cfr-25')), name: 'clip' }
  const { id, sha256 } = await registerVideo(input, { probe: 'job' })
  expect(namesIn(path.join(home, 'blobs'))).toEqual([])

  worker = spawn(process.execPath, [RUN_TS, 'worker/main.ts'], { env: awayEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] })
  const video = await vi.waitFor(
    async () => {
      const row = await db.video.findUniqueOrThrow({ where: { id } })
      if (row.state !== 'done') throw new Error(`${row.state}: ${row.errorMessage}`)
      return row
    },
    { timeout: 90_000, interval: 200 },
  )
  // The worker had nothing but the bucket to read from, and wrote nowhere else.
  expect(namesIn(path.join(away, 'blob-cache'))).toContain(sha256)
  expect(namesIn(path.join(away, 'blobs'))).toEqual([])
  for (const made of [video.posterSha256, video.spriteSha256, video.frameTableSha256]) {
    expect((await readBlob(made ?? '')).length).toBeGreaterThan(100)
  }

  const { stdout } = await promisify(execFile)(process.execPath, [RUN_TS, 'e2e/other-host.ts', sha256, '7', '3'], {
    env: awayEnvironment(),
  })
  const stills: { frameIndex: number; sha256: string }[] = JSON.parse(stdout)
  expect(stills.map((still) => still.frameIndex)).toEqual([7, 3])
  for (const still of stills) {
    const picture = await sharp(readFileSync(await localBlob(still.sha256)))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(readCounter({ width: picture.info.width, height: picture.info.height, rgb: picture.data })).toBe(still.frameIndex)
  }
  expect(namesIn(path.join(home, 'blobs'))).toEqual([])
})
