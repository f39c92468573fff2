// Making, starting, finding and stopping one PostgreSQL server. Its process is found through its data folder, not through
// `pg_ctl status`: that calls an unreaped zombie "running", and a process id may have been given to somebody else since.
import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { freePort } from './free-port.mjs'
import { processFacts } from './presence.mjs'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 4000
const MAX_LOG_BYTES = 10_000_000

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Creates the cluster once, with a password for every connection. A half-made one (killed meanwhile) is made anew. */
export function initialise(place, binaries, user, password, isDurable) {
  const done = path.join(place.data, 'crema-complete')
  if (existsSync(done)) return
  rmSync(place.data, { recursive: true, force: true })
  mkdirSync(place.data, { mode: 0o700 })
  const secret = path.join(place.folder, 'initial-password')
  writeFileSync(secret, password, { mode: 0o600 })
  if (place.ids.uid !== undefined) for (const file of [place.data, secret]) chownSync(file, place.ids.uid, place.ids.gid)
  const args = ['-D', place.data, '-U', user, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C']
  if (!isDurable) args.push('--no-sync')
  const outcome = spawnSync(binaries.initdb, args, { ...place.ids, cwd: '/', env: binaries.environment, encoding: 'utf8' })
  rmSync(secret, { force: true })
  if (outcome.status !== 0)
    throw new Error(`The database could not be created in ${place.data}: ${outcome.stderr || outcome.error?.message}`)
  writeFileSync(done, '')
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** Lines of postmaster.pid: process id, data folder, start time, port, … ; null without a usable file. */
function readPidFile(data) {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    const port = Number(lines[3])
    return Number.isInteger(pid) && pid > 1 ? { pid, port, isReady: lines[7]?.trim() === 'ready' } : null
  } catch {
    return null
  }
}

/** Processes whose working folder is the cluster: server and backends. Null where the system cannot tell. */
function processesOf(data) {
  if (!existsSync('/proc/self/cwd')) return null
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || processFacts(name)?.state === 'Z') return false
    try {
      return readlinkSync(`/proc/${name}/cwd`) === data
    } catch {
      return false
    }
  })
}

function isServer(pid, data) {
  const processes = processesOf(data)
  if (processes !== null) return processes.includes(String(pid))
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Port of the server that runs on this cluster, or null. Waits for one that is just coming up. */
export async function readPostmaster(data) {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += 100) {
    const file = readPidFile(data)
    if (file === null || !isServer(file.pid, data)) return null
    if (file.isReady && (await isListening(file.port))) return file.port
    await sleep(100)
  }
  return null
}

/** A pid file whose process is gone is PostgreSQL's own business, except when the id lives on as a zombie or a stranger. */
async function clearStalePidFile(data) {
  const file = readPidFile(data)
  if (file === null) return
  // Backends of a killed server notice its death; while one still writes, a second server would corrupt the cluster.
  for (let waitedMs = 0; (processesOf(data) ?? []).length > 0; waitedMs += 100) {
    if (waitedMs > 10_000) throw new Error(`Processes of an earlier database server still use ${data}; stop them and try again.`)
    await sleep(100)
  }
  if (processesOf(data) !== null) rmSync(path.join(data, 'postmaster.pid'), { force: true })
}

/** The port of last time when it is free, so that addresses people noted stay good. */
async function choosePort(folder) {
  const file = path.join(folder, 'port')
  const remembered = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const isGood = remembered > 1023 && remembered < 65536 && !(await isListening(remembered))
  const port = isGood ? remembered : await freePort()
  writeFileSync(file, `${port}\n`)
  return port
}

function openLog(folder) {
  const file = path.join(folder, 'server.log')
  if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.1`)
  return { file, descriptor: openSync(file, 'a', 0o600) }
}

/** Starts the server detached from this process and waits until it accepts connections; returns its port. */
export async function startServer(place, binaries, isDurable) {
  await clearStalePidFile(place.data)
  const port = await choosePort(place.folder)
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=128MB', 'max_connections=100']
  if (!isDurable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const args = ['-D', place.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const log = openLog(place.folder)
  const child = spawn(binaries.postgres, args, {
    ...place.ids,
    cwd: '/',
    env: binaries.environment,
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  })
  closeSync(log.descriptor)
  let failure = null
  child.on('error', (error) => {
    failure = error.message
  })
  child.on('exit', (code) => {
    failure ??= `it ended with code ${code}`
  })
  child.unref()
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += 50) {
    if (failure !== null) throw new Error(`The database did not start (${failure}). Its log, ${log.file}, ends with:\n${tail(log.file)}`)
    const file = readPidFile(place.data)
    if (file?.pid === child.pid && file.isReady && (await isListening(port))) return port
    await sleep(50)
  }
  throw new Error(`The database did not answer within a minute. Its log: ${log.file}`)
}

const tail = (file) => readFileSync(file, 'utf8').slice(-800)

/** Stops the server: open connections are cut, nothing that was committed is lost. */
export async function stopServer(data) {
  const file = readPidFile(data)
  if (file === null || !isServer(file.pid, data)) return
  const signal = (name) => {
    try {
      process.kill(file.pid, name)
    } catch {
      // It ended meanwhile.
    }
  }
  const hasEnded = async (timeoutMs) => {
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += 50) {
      if (!isServer(file.pid, data)) return true
      await sleep(50)
    }
    return false
  }
  signal('SIGINT')
  if (await hasEnded(STOP_TIMEOUT_MS)) return
  signal('SIGQUIT')
  await hasEnded(STOP_TIMEOUT_MS)
}
