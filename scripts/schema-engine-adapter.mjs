// The database adapter of scripts/schema-engine.mjs: @prisma/adapter-pg with four differences that the schema engine needs.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'

const INTERNAL_CHAR_OID = 18
const TEXT_OID = 25
const CHARACTER_COLUMN = 6

// 1. The catalogue queries return Postgres's internal "char", which the adapter rejects. It is read as text here and
//    relabelled as a Character column below (labelled as text the engine panics).
const require = createRequire(import.meta.url)
const Result = createRequire(require.resolve('pg'))('./result.js')
const addFields = Result.prototype.addFields
Result.prototype.addFields = function addFieldsWithChar(fields) {
  for (const field of fields) {
    if (field.dataTypeID === INTERNAL_CHAR_OID) Object.assign(field, { dataTypeID: TEXT_OID, isInternalChar: true })
  }
  addFields.call(this, fields)
}

function withCharColumns(connection) {
  return new Proxy(connection, {
    get(target, key) {
      const value = target[key]
      if (key === 'startTransaction') return async (...args) => withCharColumns(await value.apply(target, args))
      // 2. The adapter cuts a script at every semicolon, also inside of function bodies; the server can do better.
      if (key === 'executeScript') return (script) => target.client.query(script).then(() => {})
      if (key === 'queryRaw') return (query) => queryWithFields(target, query)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function queryWithFields(target, query) {
  const performIO = target.performIO
  let fields = []
  target.performIO = async function recordFields(...args) {
    const result = await performIO.apply(this, args)
    fields = result.fields ?? []
    return result
  }
  try {
    const result = await target.queryRaw(query)
    fields.forEach((field, i) => {
      if (field.isInternalChar) result.columnTypes[i] = CHARACTER_COLUMN
    })
    return result
  } finally {
    target.performIO = performIO
  }
}

/** Discrete fields: with a connection string pg would ignore `database`, so a shadow database would be the main one. */
export function connectionOf(url) {
  const parsed = new URL(url)
  return {
    host: parsed.hostname,
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    ssl: parsed.searchParams.get('sslmode') === 'require' ? { rejectUnauthorized: false } : undefined,
  }
}

export function engineAdapter(url) {
  const connection = connectionOf(url)
  const schema = new URL(url).searchParams.get('schema') ?? undefined
  const factory = new PrismaPg(connection, { schema })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => withCharColumns(await factory.connect()),
    // 3. and 4. The adapter's own shadow connection is the main database (see above) and is dropped before it is closed.
    connectToShadowDb: async () => {
      const database = `prisma_migrate_shadow_db_${randomUUID()}`
      const main = await factory.connect()
      await main.executeScript(`CREATE DATABASE "${database}"`)
      const shadow = await new PrismaPg({ ...connection, database }, { schema }).connect()
      const dispose = shadow.dispose.bind(shadow)
      shadow.dispose = async () => {
        await dispose()
        await main.executeScript(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
        await main.dispose()
      }
      return withCharColumns(shadow)
    },
  }
}
