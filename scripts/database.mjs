// Zero-setup PostgreSQL: the real server that ships in npm, one instance per data folder, shared by every process that
// asks for it (start, command line, tests). The last one to leave stops it; after a `kill -9` of everybody the server
// lives on and the next caller takes it over.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { dataDirOf } from './paths.mjs'
import { binariesFor, findPlace } from './postgres-place.mjs'
import { initialise, readPostmaster, startServer, stopServer } from './postgres-server.mjs'
import { enter, holdLock, leave } from './presence.mjs'

const SUPERUSER = 'crema'

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

function passwordOf(place) {
  const file = path.join(place.folder, 'password')
  const existing = readOrNull(file)
  if (existing) return existing
  const password = randomBytes(24).toString('hex')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

function urlOf(port, password, database) {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
}

async function createDatabase(adminUrl, name) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const existing = await client.query('select 1 from pg_database where datname = $1', [name])
    if (existing.rowCount === 0) await client.query(`create database "${name.replaceAll('"', '""')}"`)
  } finally {
    await client.end()
  }
}

/**
 * Makes sure that a PostgreSQL runs for this data folder.
 *
 * @param {{dataDir?: string, database?: string, isDurable?: boolean}} options `isDurable: false` skips fsync (tests).
 * @returns {Promise<{url: string, hasStarted: boolean, folder: string | null, stop: () => Promise<void>}>} `stop` gives the
 *   server back; it goes down when nobody else uses it. With DATABASE_URL set nothing is started or stopped.
 */
export async function startDatabase({ dataDir = dataDirOf(), database = 'crema', isDurable = true } = {}) {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, hasStarted: false, folder: null, stop: async () => {} }
  const place = findPlace(dataDir)
  const binaries = binariesFor(place)
  const lock = path.join(place.folder, 'lock')
  const users = path.join(place.folder, 'users')
  mkdirSync(users, { recursive: true, mode: 0o700 })

  const running = await holdLock(lock, async () => {
    const password = passwordOf(place)
    initialise(place, binaries, SUPERUSER, password, isDurable)
    const existing = await readPostmaster(place.data)
    const port = existing ?? (await startServer(place, binaries, isDurable))
    await createDatabase(urlOf(port, password, 'postgres'), database)
    return { port, password, hasStarted: existing === null, presence: enter(users) }
  })

  let hasStopped = false
  const stop = async () => {
    if (hasStopped) return
    hasStopped = true
    await holdLock(lock, async () => {
      if (leave(users, running.presence) === 0) await stopServer(place.data)
    })
  }
  return { url: urlOf(running.port, running.password, database), hasStarted: running.hasStarted, folder: place.folder, stop }
}

/** The address of a server that runs already for this data folder, or null. Starts nothing. */
export async function findRunningDatabase(dataDir = dataDirOf(), database = 'crema') {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  const place = findPlace(dataDir, { isReadOnly: true })
  const port = place === null ? null : await readPostmaster(place.data)
  const password = port === null ? null : readOrNull(path.join(place.folder, 'password'))
  return password === null ? null : urlOf(port, password, database)
}
