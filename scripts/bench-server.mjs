// For benchmarks: the production server as `npm start` runs it, on a free port with a data folder of its own.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './free-port.mjs'
import { ROOT } from './paths.mjs'
import { findPlace } from './postgres-place.mjs'

const TRIES = 600
const PAUSE_MS = 500

/**
 * @param {string} dataDir an empty folder
 * @returns {Promise<{ url: string, environment: NodeJS.ProcessEnv, stop: () => Promise<void> }>} `stop` leaves nothing of its database behind
 */
export async function startServer(dataDir) {
  const port = String(await freePort())
  const environment = { ...process.env, PORT: port, HOST: '127.0.0.1', CREMA_DATA: dataDir, CREMA_DEMO: 'off', LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'start.mjs')], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    // Where root may not run the database in it, its files lie elsewhere.
    const place = findPlace(dataDir, { isReadOnly: true })
    if (place !== null) rmSync(place.folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < TRIES && child.exitCode === null; tries += 1) {
    const answer = await fetch(`${url}/api/health`).catch(() => null)
    if (answer?.ok) return { url, environment, stop }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await stop()
  throw new Error('The server did not become healthy.')
}
