#!/usr/bin/env node
// Stands in for Prisma's schema engine, a binary that cannot be downloaded where only the npm registry is reachable.
// The Prisma CLI speaks JSON-RPC over stdio with it; this answers from @prisma/schema-engine-wasm, the same engine
// compiled to WebAssembly, on top of @prisma/adapter-pg. scripts/prisma.mjs prefers the native engine where it exists.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { connectionOf, engineAdapter } from './schema-engine-adapter.mjs'

const require = createRequire(import.meta.url)

function parseArguments(argv) {
  const parsed = { models: [], url: process.env.DATABASE_URL, command: null }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '--datamodels' || word === '-d') parsed.models.push(argv[++i])
    else if (word === '--datasource') parsed.url = JSON.parse(argv[++i]).url ?? parsed.url
    else if (word === 'cli') parsed.command = argv[++i]
    else if (word.startsWith('--')) i++
  }
  return parsed
}

const options = parseArguments(process.argv.slice(2))
const databaseName = () => connectionOf(options.url).database
const quoted = (name) => `"${name.replaceAll('"', '""')}"`

async function asAdministrator(work) {
  const client = new pg.Client({ ...connectionOf(options.url), database: 'postgres' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function createDatabase() {
  await asAdministrator(async (client) => {
    const existing = await client.query('select 1 from pg_database where datname = $1', [databaseName()])
    if (existing.rowCount === 0) await client.query(`create database ${quoted(databaseName())}`)
  })
  return { databaseName: databaseName() }
}

async function runCommand(command) {
  if (command === 'can-connect-to-database') {
    const client = new pg.Client(connectionOf(options.url))
    await client.connect()
    await client.end()
  } else if (command === 'create-database') await createDatabase()
  else if (command === 'drop-database') await asAdministrator((client) => client.query(`drop database if exists ${quoted(databaseName())}`))
  else throw new Error(`unknown command ${command}`)
}

/** The CLI reads failures from stderr as log lines, after dropping the first line. */
function logLine(level, message, extra = {}) {
  const line = { timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: 'schema_engine::logger' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

const PRISMA_CODES = { '3D000': 'P1003', '28P01': 'P1000' }

async function answerCommand(command) {
  logLine('INFO', 'schema engine (WebAssembly)')
  try {
    await runCommand(command)
    return 0
  } catch (error) {
    logLine('ERROR', error.message, { error_code: PRISMA_CODES[error.code] ?? 'P1001', is_panic: false })
    return 1
  }
}

function engineVersion() {
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version
}

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`engine panic: ${message}\n`) }
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const datamodels = options.models.map((file) => [file, readFileSync(file, 'utf8')])
  const adapter = bindMigrationAwareSqlAdapterFactory(engineAdapter(options.url ?? 'postgresql://localhost/none'))
  const onLog = (message) => {
    if (process.env.DEBUG?.includes('schema-engine')) process.stderr.write(`${message}\n`)
  }
  return glue.SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, onLog, adapter)
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

async function serve() {
  const engine = await loadEngine()
  let printed = 0
  // Methods whose shape differs between the native engine's RPC and the WebAssembly class.
  const own = {
    getDatabaseVersion: (params) => engine.version(params),
    createDatabase,
    ensureConnectionValidity: async (params) => (await engine.ensureConnectionValidity(params)) ?? {},
    diff: async (params) => {
      const result = await engine.diff(params)
      if (result.stdout) send({ id: ++printed, method: 'print', params: { content: result.stdout } })
      return { exitCode: result.exitCode, stdout: null }
    },
  }
  const answer = async (line) => {
    const { id, method, params } = JSON.parse(line)
    if (!method) return
    try {
      const result = own[method] ? await own[method](params) : await engine[method](params)
      send({ id, result: result ?? null })
    } catch (error) {
      const data = { is_panic: false, message: String(error?.message ?? error), meta: null, error_code: error?.code }
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
    }
  }
  let queue = Promise.resolve()
  const lines = readline.createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    if (line.trim() !== '') queue = queue.then(() => answer(line))
  })
  lines.on('close', () => queue.then(() => process.exit(0)))
}

if (process.argv.includes('--version')) process.stdout.write(`schema-engine-cli ${engineVersion()}\n`)
else if (options.command) process.exit(await answerCommand(options.command))
else await serve()
