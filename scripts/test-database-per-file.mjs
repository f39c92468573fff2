// Runs before each PostgreSQL test file is loaded: gives it a fresh database and DATABASE_URL, and drops it afterwards.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { withDatabase } from './test-database.mjs'

const adminUrl = inject('cremaAdminUrl')
const name = `crema_test_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`
const dataDir = mkdtempSync(path.join(tmpdir(), 'crema-test-'))

async function asAdministrator(statement) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

await asAdministrator(`create database "${name}" template "${inject('cremaTemplate')}"`)
process.env.DATABASE_URL = withDatabase(adminUrl, name)
process.env.CREMA_DATA = dataDir
process.env.LOG_LEVEL ??= 'silent'

afterAll(async () => {
  const queue = await globalThis.cremaQueue
  delete globalThis.cremaQueue
  await queue?.stop({ graceful: false })
  await globalThis.cremaDb?.$disconnect()
  delete globalThis.cremaDb
  await asAdministrator(`drop database if exists "${name}" with (force)`)
  rmSync(dataDir, { recursive: true, force: true })
})
