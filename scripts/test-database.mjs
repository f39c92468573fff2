// Global set-up of the PostgreSQL tests: a server of its own (or the one of CREMA_TEST_DATABASE_URL), one template
// database per state of the migrations, and a clean-up of copies that killed test runs left behind.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { startDatabase } from './database.mjs'
import { CACHE, ROOT } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { runPrisma } from './prisma.mjs'

const STALE_AFTER_MS = 3_600_000
const TEMPLATE_LOCK = 7_263_001

export function withDatabase(url, name) {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function migrationsHash() {
  const folder = path.join(ROOT, 'prisma', 'migrations')
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(path.join(folder, name)))
  }
  return hash.digest('hex').slice(0, 12)
}

async function dropStale(client) {
  const { rows } = await client.query("select datname from pg_database where datname like 'crema_test_%'")
  for (const { datname } of rows) {
    const createdAt = Number.parseInt(datname.split('_')[2], 36)
    if (Date.now() - createdAt > STALE_AFTER_MS) await client.query(`drop database if exists "${datname}" with (force)`)
  }
}

/** Makes the template unless some run has made it already. Under a name of its own until it is complete. */
async function ensureTemplate(client, adminUrl) {
  const template = `crema_template_${migrationsHash()}`
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    const existing = await client.query('select 1 from pg_database where datname = $1', [template])
    if (existing.rowCount > 0) return template
    const draft = `${template}_draft`
    await client.query(`drop database if exists "${draft}" with (force)`)
    await client.query(`create database "${draft}" template template0`)
    const { code, output } = await runPrisma(['migrate', 'deploy'], { databaseUrl: withDatabase(adminUrl, draft) })
    if (code !== 0) throw new Error(`The migrations failed:\n${output}`)
    await client.query(`alter database "${draft}" rename to "${template}"`)
    return template
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
}

/** A server for tests and the name of the migrated template on it. */
export async function startTestDatabase() {
  await prepare()
  const given = process.env.CREMA_TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startOwnServer()
  const adminUrl = withDatabase(server.url, 'postgres')
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await dropStale(client)
    return { adminUrl, template: await ensureTemplate(client, adminUrl), stop: server.stop }
  } finally {
    await client.end()
  }
}

async function startOwnServer() {
  const { DATABASE_URL: inherited, ...rest } = process.env
  // Tests never touch the database of an installation, whatever the environment says.
  delete process.env.DATABASE_URL
  try {
    return await startDatabase({ dataDir: path.join(CACHE, 'test-database'), database: 'postgres', isDurable: false })
  } finally {
    if (inherited !== undefined) Object.assign(process.env, { ...rest, DATABASE_URL: inherited })
  }
}

let stopServer = async () => {}

export async function setup(project) {
  const { adminUrl, template, stop } = await startTestDatabase()
  stopServer = stop
  project.provide('cremaAdminUrl', adminUrl)
  project.provide('cremaTemplate', template)
}

export const teardown = () => stopServer()
