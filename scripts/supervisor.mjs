// Keeps the web and worker processes running: a crashed one is started again after a pause that grows with each crash;
// a stop ends all of them within a few seconds.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './paths.mjs'
import { say } from './progress.mjs'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const STEADY_AFTER_MS = 60_000
const GRACE_MS = 3000

const preload = pathToFileURL(path.join(ROOT, 'scripts', 'child.mjs')).href

/** Environment of a supervised process: the preload ends it when the supervisor dies. */
function childEnvironment(extra) {
  const options = [process.env.NODE_OPTIONS, `--import=${preload}`].filter(Boolean).join(' ')
  return { ...process.env, ...extra, NODE_OPTIONS: options }
}

export class Supervisor {
  #children = new Map()
  #timers = new Set()
  #isStopping = false

  /**
   * `args` of node; `show` gets each line of output; `isOnce` = not started again when it ends. A variable that is undefined in
   * `environment` is taken away.
   *
   * @param {{name: string, args: string[], environment?: Record<string, string | undefined>, show: (line: string) => void, isOnce?: boolean,
   *   onExit?: (code: number | null) => void}} spec
   */
  run({ name, args, environment = {}, show, isOnce = false, onExit }) {
    if (this.#isStopping) return
    const startedAt = Date.now()
    // A process that ends by itself gets no channel: listening on one would keep it alive.
    const stdio = ['ignore', 'pipe', 'pipe', ...(isOnce ? [] : ['ipc'])]
    const child = spawn(process.execPath, args, { cwd: ROOT, env: childEnvironment(environment), stdio })
    this.adopt(child)
    for (const stream of [child.stdout, child.stderr]) eachLine(stream, show)
    child.on('exit', (code, signal) => {
      onExit?.(code)
      if (this.#isStopping || isOnce) return
      this.#restart({ name, args, environment, show, onExit }, Date.now() - startedAt, signal ?? `code ${code}`)
    })
  }

  #pauses = new Map()

  #restart(spec, livedMs, reason) {
    const last = livedMs > STEADY_AFTER_MS ? 0 : (this.#pauses.get(spec.name) ?? 0)
    const pauseMs = last === 0 ? FIRST_PAUSE_MS : Math.min(last * 2, LONGEST_PAUSE_MS)
    this.#pauses.set(spec.name, pauseMs)
    say(`${spec.name} ended (${reason}); starting it again in ${pauseMs / 1000} s`)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.run(spec)
    }, pauseMs)
    this.#timers.add(timer)
  }

  /** Takes a process started elsewhere (the build) into the care of `stop`. */
  adopt(child) {
    this.#children.set(child.pid, child)
    child.on('exit', () => this.#children.delete(child.pid))
    if (this.#isStopping) child.kill('SIGTERM')
  }

  /** Ends every process: politely, and after a moment by force. Resolves when none is left. */
  async stop() {
    this.#isStopping = true
    for (const timer of this.#timers) clearTimeout(timer)
    const ends = [...this.#children.values()].map((child) => new Promise((resolve) => child.on('exit', resolve)))
    for (const child of this.#children.values()) child.kill('SIGTERM')
    const force = setTimeout(() => this.kill(), GRACE_MS)
    await Promise.all(ends)
    clearTimeout(force)
  }

  kill() {
    for (const child of this.#children.values()) child.kill('SIGKILL')
  }
}

export function eachLine(stream, show) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) show(line)
  })
  stream.on('end', () => {
    if (rest !== '') show(rest)
  })
}
