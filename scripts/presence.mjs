// Who uses the shared database server: one file per process, and a lock around every start and stop. Both survive the
// sudden death of their owner, because a process is named by its id and its start time.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const LOCK_TIMEOUT_MS = 60_000
const LOCK_POLL_MS = 50

/** State letter and start time of a process on Linux; null where there is no such process (or no /proc). */
export function processFacts(pid) {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[^)]*$)/)
    const fields = rest.split(' ')
    return { state: fields[0], startedAt: fields[19] }
  } catch {
    return null
  }
}

function exists(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Whether the process named `pid-startTime` still lives. A zombie does not: pid 1 of a container may never reap it. */
function isAlive(name) {
  const [pid, startedAt] = name.split('-')
  if (!exists(Number(pid))) return false
  const facts = processFacts(pid)
  if (facts === null) return process.platform !== 'linux'
  return facts.state !== 'Z' && (startedAt === '0' || facts.startedAt === startedAt)
}

const ownName = () => `${process.pid}-${processFacts(process.pid)?.startedAt ?? '0'}`

let entries = 0

/** Notes that this process uses the server; the returned name is for `leave`. */
export function enter(folder) {
  const name = `${ownName()}-${++entries}`
  writeFileSync(path.join(folder, name), '')
  return name
}

/** Takes the note away; returns how many other users live. */
export function leave(folder, name) {
  rmSync(path.join(folder, name), { force: true })
  let living = 0
  for (const other of readdirSync(folder)) {
    if (isAlive(other)) living++
    else rmSync(path.join(folder, other), { force: true })
  }
  return living
}

function tryLock(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(path.join(folder, ownName()), '')
  return true
}

/** Removes a lock whose owner died. An owner between mkdir and its name file gets a moment. */
function breakDeadLock(folder, waitedMs) {
  let owners
  try {
    owners = readdirSync(folder)
  } catch {
    return
  }
  const isAbandoned = owners.length === 0 ? waitedMs > 5000 : !owners.some(isAlive)
  if (isAbandoned) rmSync(folder, { recursive: true, force: true })
}

/** Runs `work` while no other process holds the lock. */
export async function holdLock(folder, work, timeoutMs = LOCK_TIMEOUT_MS) {
  const begin = Date.now()
  while (!tryLock(folder)) {
    const waitedMs = Date.now() - begin
    breakDeadLock(folder, waitedMs)
    if (waitedMs > timeoutMs) throw new Error(`Another process has held ${folder} for ${timeoutMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS))
  }
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
