/**
 * The media program: the only code that loads FFmpeg (node-av). It runs as its own process, for two reasons: a crash in a
 * parser takes down this process and nothing else, and the GPL build of FFmpeg stays on the far side of a message protocol.
 *
 * Protocol. Requests: one JSON line on stdin, `{id, op, …}`. Answers: one JSON line on stdout,
 * `{id, type: 'part' | 'progress' | 'done' | 'error', bytes, …}`, followed by exactly `bytes` raw bytes. A large payload lies in
 * fd 3 instead, at `shared: {slot, at, bytes}`, until a line `{taken: slot}` comes in (`handover.mjs`).
 * Requests are answered one after the other; decoding blocks this process on purpose (it has nothing else to do).
 */
import { readSync, writeSync } from 'node:fs'
import { AV_LOG_QUIET } from 'node-av/constants'
import { Log } from 'node-av/lib'
import { MediaFault } from './fault.mjs'
import { Handover } from './handover.mjs'
import { probe } from './probe.mjs'
import { proxy } from './proxy.mjs'
import { signatures } from './signatures.mjs'
import { closeSession, sequence, stills } from './stills.mjs'

const OPERATIONS = {
  probe,
  sequence,
  stills,
  signatures,
  proxy,
  ping: () => ({ result: {} }),
  forget: () => {
    closeSession()
    return { result: {} }
  },
}

Log.setLevel(AV_LOG_QUIET)
const parentPid = process.ppid
let lastProgressMs = 0

// Blocking reads: with nothing to do but wait, the event loop would only add delay. End of input = the parent is gone.
const handover = new Handover()
for (;;) await answer(nextRequest())

async function answer(request) {
  const { id } = request
  const reply = {
    part: (body, binary) => send({ id, type: 'part', ...body }, binary),
    /** May be called for every frame; at most five signs of life a second leave. */
    progress: (body) => {
      const now = performance.now()
      if (now - lastProgressMs < 200) return
      lastProgressMs = now
      // A killed parent cannot close our stdin while we decode: being handed to another parent is the sign.
      if (process.ppid !== parentPid) process.exit(0)
      send({ id, type: 'progress', ...body })
    },
  }
  try {
    const operation = OPERATIONS[request.op]
    if (!operation) throw new MediaFault('internal', `Unknown operation ${request.op}`)
    const { result, binary } = await operation(request, reply)
    send({ id, type: 'done', result }, binary)
  } catch (error) {
    const isFault = error instanceof MediaFault
    send({
      id,
      type: 'error',
      code: isFault ? error.code : 'media_crashed',
      message: isFault ? error.message : `The media program failed: ${error?.message ?? error}`,
      details: isFault ? error.details : {},
    })
  }
}

function send(body, binary) {
  const shared = binary ? handover.put(binary, readTaken) : null
  const piped = shared === null && binary ? binary : null
  writeAll(Buffer.from(`${JSON.stringify({ ...body, ...(shared && { shared }), bytes: piped?.length ?? 0 })}\n`))
  if (piped && piped.length > 0) writeAll(piped)
}

function nextRequest() {
  for (;;) {
    const line = readMessage()
    if (line.taken === undefined) return line
    handover.free(line.taken)
  }
}

/** While a request is worked on nothing else is said to us. */
function readTaken() {
  handover.free(readMessage().taken)
}

function readMessage() {
  const line = readLine()
  if (line === null) process.exit(0)
  return JSON.parse(line)
}

function writeAll(buffer) {
  let at = 0
  while (at < buffer.length) {
    try {
      at += writeSync(1, buffer, at)
    } catch (error) {
      if (error.code === 'EAGAIN') continue
      process.exit(0)
    }
  }
}

/** 0 = end of input. */
function readSome(chunk) {
  for (;;) {
    try {
      return readSync(0, chunk, 0, chunk.length, null)
    } catch (error) {
      if (error.code !== 'EAGAIN') return 0
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

function readLine() {
  readLine.rest ??= Buffer.alloc(0)
  const chunk = Buffer.alloc(65_536)
  const pieces = [readLine.rest]
  let newline = readLine.rest.indexOf(10)
  while (newline < 0) {
    const got = readSome(chunk)
    if (got === 0) return null
    const piece = Buffer.from(chunk.subarray(0, got))
    newline = piece.indexOf(10)
    pieces.push(piece)
  }
  const all = Buffer.concat(pieces)
  const end = all.indexOf(10)
  readLine.rest = all.subarray(end + 1)
  return all.subarray(0, end).toString('utf8')
}
