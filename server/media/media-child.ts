/**
 * One running media program (server/media/child): started with next to no environment and with hard limits, watched, and
 * killed as soon as it oversteps one. Whatever happens to it ends as one coded error of the request at hand.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { AppError, type ErrorCode, type ErrorDetails, toAppError } from '@/core/errors'
import { env } from '@/server/env'
import { Handover } from './handover'
import { MessageReader } from './message-reader'
import { mediaProgramPath } from './program-path'

export type MediaPart = { readonly body: Readonly<Record<string, unknown>>; readonly binary: Buffer }
export type MediaRequest = { readonly op: string } & Readonly<Record<string, unknown>>
export type MediaRunOptions = {
  /** A promise slows the child down until it is settled; a rejection ends the run. The time it takes is not the child's. */
  onPart?: ((part: MediaPart) => void | Promise<void>) | undefined
  onProgress?: ((body: Readonly<Record<string, unknown>>) => void) | undefined
  signal?: AbortSignal | undefined
  /** Most time the child may take. */
  timeoutMs?: number | undefined
}
export type MediaAnswer = { readonly result: unknown; readonly binary: Buffer }

const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((program) => existsSync(program))
const WATCH_INTERVAL_MS = 250
/** A child that shows no sign of life for so long hangs in one frame or one box. */
const SILENCE_LIMIT_MS = 30_000
const PAGE_BYTES = 4096
/** Payloads from the pipe being worked on at once before the child has to wait; those of the file wait for a slot. */
const MAX_OPEN_PARTS = 4

type Pending = MediaRunOptions & {
  readonly resolve: (answer: MediaAnswer) => void
  readonly reject: (error: AppError) => void
  readonly id: number
  /** Moved on by the time that was ours. */
  startedMs: number
  readonly openParts: Set<Promise<void>>
}

export class MediaChild {
  /** File the child worked on last: it may still hold it open, with decoded frames at hand. */
  lastPath: string | null = null
  #process: ChildProcess
  #handover = new Handover()
  #reader = new MessageReader()
  #pending: Pending | null = null
  #watch: NodeJS.Timeout
  #lastSignMs = 0
  #lastCheckMs = 0
  #nextId = 1
  #isDead = false
  #noise = ''

  constructor(onDeath: (child: MediaChild) => void) {
    this.#process = start(this.#handover)
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk))
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#noise = (this.#noise + chunk.toString('utf8')).slice(-2000)
    })
    this.#process.stdin?.on('error', () => undefined)
    const died = (how: string) => {
      this.#fail('media_crashed', 'The media program died while it read this file. The file is damaged or not what it seems.', { how })
      clearInterval(this.#watch)
      this.#handover.close()
      onDeath(this)
    }
    this.#process.on('error', (error) => died(error.message))
    this.#process.on('exit', (code, signal) => died(signal ?? `exit ${code}`))
    this.#watch = setInterval(() => this.#check(), WATCH_INTERVAL_MS)
    this.#setWaiting(false)
  }

  get isBusy(): boolean {
    return this.#pending !== null
  }

  get isDead(): boolean {
    return this.#isDead
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  run(request: MediaRequest, options: MediaRunOptions): Promise<MediaAnswer> {
    const { signal } = options
    if (signal?.aborted) return Promise.reject(stopped())
    const stop = () => this.#reject(stopped())
    signal?.addEventListener('abort', stop, { once: true })
    return this.#send(request, options).finally(() => signal?.removeEventListener('abort', stop))
  }

  #send(request: MediaRequest, options: MediaRunOptions): Promise<MediaAnswer> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const now = performance.now()
      this.#lastSignMs = now
      this.#lastCheckMs = now
      this.#pending = { ...options, resolve, reject, id, startedMs: now, openParts: new Set() }
      this.#setWaiting(true)
      // The child works in "/", so that it has no folder of ours to stumble over.
      const file = typeof request.path === 'string' ? path.resolve(request.path) : null
      this.lastPath = file ?? this.lastPath
      this.#say({ ...request, ...(file === null ? {} : { path: file }), id })
    })
  }

  #say(line: Readonly<Record<string, unknown>>): void {
    this.#process.stdin?.write(`${JSON.stringify(line)}\n`)
  }

  kill(): void {
    this.#isDead = true
    this.#process.kill('SIGKILL')
  }

  /** An idle child must not keep our process alive. */
  #setWaiting(isWaiting: boolean): void {
    for (const stream of [this.#process, this.#process.stdout, this.#process.stderr, this.#process.stdin, this.#watch]) {
      const handle = stream as { ref?: () => void; unref?: () => void } | null
      if (isWaiting) handle?.ref?.()
      else handle?.unref?.()
    }
  }

  #read(chunk: Buffer): void {
    if (this.#isDead) return
    this.#lastSignMs = performance.now()
    try {
      for (const message of this.#reader.push(chunk)) this.#handle(message)
    } catch {
      this.#fail('media_crashed', 'The media program answered nonsense about this file.')
    }
  }

  #handle({ body, binary: piped }: MediaPart): void {
    const pending = this.#pending
    if (pending === null || body.id !== pending.id) return
    const shared = body.shared === undefined ? null : this.#handover.take(body.shared)
    const binary = shared?.binary ?? piped
    const free = () => shared !== null && this.#say({ taken: shared.slot })
    if (body.type === 'part') this.#takePart(pending, { body, binary }, free)
    else free()
    if (body.type === 'progress') pending.onProgress?.(body)
    if (body.type === 'done') {
      this.#release()
      Promise.all(pending.openParts).then(
        () => pending.resolve({ result: body.result, binary }),
        (error: unknown) => pending.reject(toAppError(error)),
      )
    }
    if (body.type === 'error') {
      this.#release()
      const details = typeof body.details === 'object' && body.details !== null ? { ...body.details } : {}
      pending.reject(new AppError(mediaCode(body.code), `${String(body.message)}.`.replace(/\.\.$/, '.'), details))
    }
  }

  /** `free` = lets the child have the room of the payload again. */
  #takePart(pending: Pending, part: MediaPart, free: () => void): void {
    const work = pending.onPart?.(part)
    if (work === undefined) {
      free()
      return
    }
    pending.openParts.add(work)
    if (pending.openParts.size >= MAX_OPEN_PARTS) this.#process.stdout?.pause()
    work.then(
      () => {
        pending.openParts.delete(work)
        free()
        this.#lastSignMs = performance.now()
        this.#process.stdout?.resume()
      },
      (error: unknown) => this.#reject(toAppError(error)),
    )
  }

  #check(): void {
    const pending = this.#pending
    if (pending === null) return
    const now = performance.now()
    if (pending.openParts.size > 0) {
      // We work on what it gave: a model that looks at a thousand frames may take an hour, and the child waits for us.
      pending.startedMs += now - this.#lastCheckMs
      this.#lastSignMs = now
    }
    this.#lastCheckMs = now
    const limitMs = pending.timeoutMs ?? env.media.timeoutMs
    if (now - pending.startedMs > limitMs)
      this.#fail('limit_exceeded', `Reading the video took longer than the limit of ${limitMs / 1000} seconds.`, { limitMs })
    else if (now - this.#lastSignMs > Math.min(SILENCE_LIMIT_MS, limitMs)) {
      this.#fail('media_crashed', 'The media program hung while it read this file.', { silentMs: Math.round(now - this.#lastSignMs) })
    } else if (residentMb(this.#process.pid) > env.media.maxMemoryMb) {
      this.#fail('limit_exceeded', `Reading the video needs more memory than the limit of ${env.media.maxMemoryMb} MB.`, {
        limitMb: env.media.maxMemoryMb,
      })
    }
  }

  #release(): void {
    this.#pending = null
    // What was handed over has been copied out.
    this.#handover.empty()
    this.#setWaiting(false)
  }

  #fail(code: ErrorCode, message: string, details: ErrorDetails = {}): void {
    this.#reject(new AppError(code, message, this.#noise === '' ? details : { ...details, noise: this.#noise }))
  }

  #reject(error: AppError): void {
    const pending = this.#pending
    this.kill()
    if (pending === null) return
    this.#release()
    pending.reject(error)
  }
}

const stopped = () => new AppError('unavailable', 'The work on this video was stopped.')

/** No secrets, no database address, no proxies: the child parses what strangers upload. */
function start({ fd }: Handover): ChildProcess {
  const limitMb = env.media.maxMemoryMb
  const node = [process.execPath, '--max-old-space-size=512', '--no-warnings', mediaProgramPath()]
  // RLIMIT_DATA counts what the process can really write to, so it holds between two looks at the resident size.
  const limits = PRLIMIT === undefined ? [] : [PRLIMIT, `--data=${(limitMb + 1024) * 1024 * 1024}`, '--core=0', '--nofile=64', '--']
  const [command = process.execPath, ...args] = [...limits, ...node]
  return spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe', fd ?? 'ignore'], env: { LANG: 'C', NODE_ENV: 'production' }, cwd: '/' })
}

function residentMb(pid: number | undefined): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1])
    return (pages * PAGE_BYTES) / (1024 * 1024)
  } catch {
    return 0
  }
}

const MEDIA_CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'limit_exceeded',
  'unsupported_media',
  'corrupt_media',
  'media_crashed',
  'storage_full',
])

function mediaCode(code: unknown): ErrorCode {
  const known = typeof code === 'string' && MEDIA_CODES.has(code)
  return known ? (code as ErrorCode) : 'media_crashed'
}
