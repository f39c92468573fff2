/** The checks of `crema doctor`. Each looks at one thing and never throws: a check that fails is a finding as well. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { isErrorBody } from '@/core/errors'
import { findRunningDatabase, startDatabase } from '../scripts/database.mjs'
import { findBrowser } from '../scripts/find-browser.mjs'
import { makeFolder } from '../scripts/make-folder.mjs'
import { findMediaProblem, findPostgresProblem } from '../scripts/media-probe.mjs'
import { pendingMigrations } from '../scripts/migrate.mjs'
import { dataDirOf, ROOT } from '../scripts/paths.mjs'
import { postgresPackage } from '../scripts/prepare.mjs'

/** `note`: worth knowing, nothing to mend for now. `remedy`: what to do, null when nothing is to be done. */
export type Finding = { name: string; state: 'ok' | 'note' | 'broken'; message: string; remedy: string | null }
type Outcome = Omit<Finding, 'name'>

const ok = (message: string): Outcome => ({ state: 'ok', message, remedy: null })
const note = (message: string, remedy: string | null): Outcome => ({ state: 'note', message, remedy })
const broken = (message: string, remedy: string): Outcome => ({ state: 'broken', message, remedy })

const messageOf = (thrown: unknown) => (thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown))

const MIB = 1024 ** 2
const LOW_SPACE_MIB = 5 * 1024
const NO_SPACE_MIB = 500

function checkNode(): Outcome {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return ok(process.versions.node)
  return broken(`${process.versions.node} is too old`, 'Install Node.js 20.19 or newer.')
}

function checkInstallation(): Outcome {
  if (!existsSync(path.join(ROOT, 'server', 'generated', 'prisma', 'client.ts'))) {
    return broken('the database client was not generated', 'Run `node scripts/prepare.mjs`; if that fails, `npm ci`.')
  }
  if (process.env.DATABASE_URL) return ok('packages are installed and prepared')
  const folder = postgresPackage()
  if (folder === null)
    return broken(`npm has no PostgreSQL for ${process.platform}-${process.arch}`, 'Set DATABASE_URL to a PostgreSQL of your own.')
  const problem = findPostgresProblem(path.join(folder, 'native', 'bin', 'postgres'))
  if (problem !== null)
    return broken(`the PostgreSQL of npm does not run here: ${problem}`, 'Run `npm ci`, or set DATABASE_URL to a PostgreSQL of your own.')
  return ok('packages are installed and prepared')
}

async function checkSettings(): Promise<Outcome> {
  try {
    const { env } = await import('@/server/env')
    return ok(`${env.baseUrl}, data in ${env.dataDir}`)
  } catch (thrown) {
    return broken(messageOf(thrown), 'Correct or unset the variable.')
  }
}

async function checkDataFolder(): Promise<Outcome> {
  const folder = dataDirOf()
  const remedy = 'Give this user the right to write there, or set CREMA_DATA to another folder.'
  try {
    makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
    const trial = await mkdtemp(path.join(folder, '.doctor-'))
    await writeFile(path.join(trial, 'trial'), 'x')
    await rm(trial, { recursive: true })
  } catch (thrown) {
    return broken(`${folder} cannot be written: ${messageOf(thrown)}`, remedy)
  }
  const { bavail, bsize } = await statfs(folder)
  const freeMib = Math.floor((bavail * bsize) / MIB)
  const text = `${folder}, ${(freeMib / 1024).toFixed(1)} GiB free`
  if (freeMib < NO_SPACE_MIB) return broken(text, 'Free space: uploads, stills and the database need it.')
  if (freeMib < LOW_SPACE_MIB) return note(text, 'Videos and their stills may fill this soon.')
  return ok(text)
}

async function checkStorage(): Promise<Outcome> {
  const [{ env }, storage] = await Promise.all([import('@/server/env'), import('@/server/storage')])
  await storage.checkStorage()
  if (env.s3 === null) return ok('files lie in the data folder')
  return ok(`the bucket “${env.s3.bucket}” at ${env.s3.endpoint} can be read and written`)
}

async function checkDatabase(): Promise<Outcome> {
  const isGiven = Boolean(process.env.DATABASE_URL)
  const running = await findRunningDatabase()
  const database = await startDatabase()
  try {
    process.env.DATABASE_URL = database.url
    const pending = await pendingMigrations(database.url)
    const where = isGiven ? 'answers' : running === null ? 'starts (nobody was using it)' : 'runs'
    if (pending.length > 0) return note(`${where}; not yet applied: ${pending.join(', ')}`, '`npm start` applies them.')
    return ok(`${where}, all migrations applied`)
  } finally {
    if (!isGiven) delete process.env.DATABASE_URL
    await database.stop()
  }
}

function databaseRemedy(): string {
  return process.env.DATABASE_URL
    ? 'Look at DATABASE_URL: host, port, user, password, and whether that server runs.'
    : `The last lines of ${path.join(dataDirOf(), 'postgres', 'server.log')} say why.`
}

type Running = 'crema' | 'stranger' | 'nobody'

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host)
    socket.setTimeout(2000, () => socket.destroy(new Error('timeout')))
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

async function askHealth(): Promise<{ who: Running; body: Record<string, unknown>; port: number }> {
  const { env } = await import('@/server/env')
  const host = env.host === '0.0.0.0' ? '127.0.0.1' : env.host === '::' ? '::1' : env.host
  if (!(await isListening(host, env.port))) return { who: 'nobody', body: {}, port: env.port }
  try {
    const address = `http://${host.includes(':') ? `[${host}]` : host}:${env.port}/api/health`
    // Our own web process on this machine; nothing else is ever asked.
    const response = await fetch(address, { signal: AbortSignal.timeout(15_000) })
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'worker' in body && !isErrorBody(body))
      return { who: 'crema', body: { ...body }, port: env.port }
  } catch {
    // Somebody answers, but not as Crema does.
  }
  return { who: 'stranger', body: {}, port: env.port }
}

async function checkRunning(): Promise<Outcome> {
  const { who, body, port } = await askHealth()
  if (who === 'nobody') return note(`Crema is not running; port ${port} is free`, '`npm start` starts it.')
  if (who === 'stranger') return broken(`port ${port} is taken by another program`, `Choose another port: PORT=${port + 1} npm start`)
  const failing = Object.entries(body).filter(([name, state]) => name !== 'status' && state !== 'ok')
  if (failing.length === 0) return ok(`Crema runs on port ${port}; database, queue, storage and worker answer`)
  const names = failing.map(([name]) => name).join(', ')
  const isWorker = failing.some(([name]) => name === 'worker')
  return broken(
    `Crema runs on port ${port}, but this fails: ${names}`,
    isWorker
      ? 'No worker was heard from: imports and exports wait. `npm start` keeps one running, `npm run worker` starts one.'
      : 'See the other checks, and the log.',
  )
}

function checkMedia(): Outcome {
  const problem = findMediaProblem()
  if (problem === null) return ok('the decoder loads')
  return broken(
    `the decoder does not load: ${problem}`,
    'Run `npm ci` on this very machine; node-av brings a decoder for Linux, macOS and Windows.',
  )
}

function checkBrowser(): Outcome {
  const browser = findBrowser()
  if (browser !== null) return ok(browser)
  return note('no Chromium found; only the browser tests need it', 'apt-get install chromium, or set CHROMIUM_PATH.')
}

async function settle(name: string, check: () => Outcome | Promise<Outcome>, remedy: string | (() => string)): Promise<Finding> {
  try {
    return { name, ...(await check()) }
  } catch (thrown) {
    return { name, ...broken(messageOf(thrown), typeof remedy === 'string' ? remedy : remedy()) }
  }
}

/** Runs all checks, one after the other because some need what an earlier one prepared. */
export async function findAll(): Promise<Finding[]> {
  return [
    await settle('Node.js', checkNode, 'Install Node.js 20.19 or newer.'),
    await settle('Installation', checkInstallation, 'Run `npm ci`.'),
    await settle('Settings', checkSettings, 'Correct or unset the variable.'),
    await settle('Data folder', checkDataFolder, 'Set CREMA_DATA to a folder that can be written.'),
    await settle('Storage', checkStorage, 'Look at the S3_ settings in docs/deploy.md.'),
    await settle('Database', checkDatabase, databaseRemedy),
    await settle('Decoder', checkMedia, 'Run `npm ci`.'),
    await settle('Crema', checkRunning, 'Correct the settings first.'),
    await settle('Browser for tests', checkBrowser, 'Correct CHROMIUM_PATH.'),
  ]
}
