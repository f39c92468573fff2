// Applies the migrations. Prisma's command line takes over a second even with nothing to do, so one query asks first.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { ROOT } from './paths.mjs'
import { runPrisma } from './prisma.mjs'
import { StartError } from './progress.mjs'

function migrationsOnDisk() {
  const folder = path.join(ROOT, 'prisma', 'migrations')
  return readdirSync(folder)
    .map((name) => ({ name, file: path.join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, checksum: createHash('sha256').update(readFileSync(file)).digest('hex') }))
}

const NO_SUCH_DATABASE = '3D000'

/** A connected client; null where the server has no such database yet (Prisma makes it). */
async function connect(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return client
  } catch (error) {
    if (error.code === NO_SUCH_DATABASE) return null
    const { host } = new URL(databaseUrl)
    throw new StartError(
      `The database on ${host} does not answer: ${error.message || error.code}. Look at DATABASE_URL, and whether that server runs.`,
    )
  }
}

/** Names of migrations that the database lacks (or holds in another form). */
export async function pendingMigrations(databaseUrl) {
  const client = await connect(databaseUrl)
  if (client === null) return migrationsOnDisk().map(({ name }) => name)
  try {
    const table = await client.query(`select to_regclass('_prisma_migrations') as name`)
    const { rows } =
      table.rows[0].name === null
        ? { rows: [] }
        : await client.query(
            'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
          )
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
    return migrationsOnDisk()
      .filter(({ name, checksum }) => applied.get(name) !== checksum)
      .map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** Brings the database to the newest form; returns the names of the migrations applied. */
export async function migrate(databaseUrl) {
  const pending = await pendingMigrations(databaseUrl)
  if (pending.length === 0) return []
  const { code, output } = await runPrisma(['migrate', 'deploy'], { databaseUrl })
  if (code !== 0) throw new StartError(`The migrations of the database failed:\n${output}`)
  return pending
}
