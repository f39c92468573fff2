import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findRunningDatabase, startDatabase } from './database.mjs'

let dataDir = ''
const stops: (() => Promise<void>)[] = []

beforeEach(() => {
  vi.stubEnv('DATABASE_URL', '')
  dataDir = mkdtempSync(path.join(tmpdir(), 'crema-pg-'))
  chmodSync(dataDir, 0o711)
})

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start() {
  const database = await startDatabase({ dataDir, isDurable: false })
  stops.push(database.stop)
  return database
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  // The server goes away under some of these clients.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const folder = () => path.join(dataDir, 'postgres')
const serverPid = () => Number(readFileSync(path.join(folder(), 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Starts the server in a process of its own and kills that process, so that nobody gives the server back. */
async function startAndDie(): Promise<void> {
  const program = `const { startDatabase } = await import('./scripts/database.mjs')
    await startDatabase({ dataDir: ${JSON.stringify(dataDir)}, isDurable: false }); process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' })
  await new Promise((resolve) => child.on('close', resolve))
}

describe('the embedded database', () => {
  it('starts, keeps what was written, and stops', async () => {
    const first = await start()
    await query(first.url, 'create table kept as select 7 as n')
    await first.stop()
    expect(await findRunningDatabase(dataDir)).toBeNull()
    const second = await start()
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
    expect(second.url).toBe(first.url)
  })

  it('asks for the password, which only its owner can read', async () => {
    const { url } = await start()
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
    expect(statSync(path.join(folder(), 'password')).mode & 0o777).toBe(0o600)
  })

  it('is shared: the last one to leave stops it', async () => {
    const [first, second, third] = await Promise.all([start(), start(), start()])
    expect(new Set([first.url, second.url, third.url]).size).toBe(1)
    await first.stop()
    await second.stop()
    expect(await query(third.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await third.stop()
    expect(await findRunningDatabase(dataDir)).toBeNull()
  })

  it('survives the death of whoever started it, and is stopped by the next', async () => {
    await startAndDie()
    const pid = serverPid()
    const next = await start()
    expect(next.hasStarted).toBe(false)
    expect(serverPid()).toBe(pid)
    await next.stop()
    expect(await findRunningDatabase(dataDir)).toBeNull()
    expect(readdirSync(path.join(folder(), 'users'))).toEqual([])
  })

  it('comes back after the server itself was killed, even while its corpse is not reaped', async () => {
    await startAndDie()
    process.kill(serverPid(), 'SIGKILL')
    const next = await start()
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('makes a half-made cluster anew', async () => {
    const first = await start()
    await first.stop()
    rmSync(path.join(folder(), 'data', 'crema-complete'))
    rmSync(path.join(folder(), 'data', 'PG_VERSION'))
    const next = await start()
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('leaves a given DATABASE_URL alone', async () => {
    vi.stubEnv('DATABASE_URL', 'postgresql://somewhere.invalid/x')
    const database = await start()
    expect(database).toMatchObject({ url: 'postgresql://somewhere.invalid/x', hasStarted: false, folder: null })
    expect(existsSync(folder())).toBe(false)
  })
})
