// Whether the FFmpeg that ships in npm loads on this machine. In a process of its own: native code that does not fit the
// machine ends the process that loads it.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './paths.mjs'

const PROGRAM = `const { Demuxer } = await import('node-av/api'); if (typeof Demuxer.open !== 'function') process.exit(1)`

/** Null when it loads, otherwise what went wrong. */
export function findMediaProblem() {
  const polyfill = pathToFileURL(path.join(ROOT, 'scripts', 'polyfill.mjs')).href
  const args = ['--import', polyfill, '--input-type=module', '-e', PROGRAM]
  const outcome = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 30_000 })
  if (outcome.status === 0) return null
  return outcome.stderr.split('\n').find((line) => line.includes('Error')) ?? `it ended with ${outcome.signal ?? `code ${outcome.status}`}`
}

/** Whether the shipped PostgreSQL program runs on this machine: null, or what went wrong. */
export function findPostgresProblem(program) {
  const outcome = spawnSync(program, ['--version'], { cwd: '/', encoding: 'utf8', timeout: 30_000 })
  if (outcome.status === 0) return null
  return outcome.error?.message ?? outcome.stderr.trim()
}
