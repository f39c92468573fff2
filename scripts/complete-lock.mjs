#!/usr/bin/env node
// npm writes only those platform packages into package-lock.json that the registry at hand offers, and then `npm ci` refuses
// the file because the others are missing. This adds them: name and version stand in the package that wants them, operating
// system and processor in the name. Run it after `npm install`; `npm run check` says when it is needed.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mjs'

const LOCK = path.join(ROOT, 'package-lock.json')
const SYSTEMS = {
  win32: 'win32',
  darwin: 'darwin',
  linux: 'linux',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
}
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32', 'arm']
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/

const nameOf = (key) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)

function missingFrom(lock) {
  const present = new Set(Object.keys(lock.packages).map(nameOf))
  return Object.values(lock.packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !present.has(name))
      .map(([name, version]) => ({ name, version, engines: entry.engines })),
  )
}

function entryFor({ name, version }) {
  const words = name.split('/').at(-1).split('-')
  const os = words.map((word) => SYSTEMS[word]).find(Boolean)
  const cpu = PROCESSORS.find((processor) => words.includes(processor))
  if (!EXACT_VERSION.test(version) || cpu === undefined || (os === undefined && cpu !== 'wasm32')) {
    throw new Error(`package-lock.json lacks ${name}@${version}, and its name does not say for which machine it is.`)
  }
  // Without it, npm would also want the musl package on a system with glibc, and the other way round.
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.some((word) => word.startsWith('gnu')) ? 'glibc' : null
  return { version, cpu: [cpu], optional: true, ...(os ? { os: [os] } : {}), ...(os === 'linux' && libc ? { libc: [libc] } : {}) }
}

/** Names of the platform packages that the lock file lacks. */
export function findMissingFromLock() {
  return missingFrom(JSON.parse(readFileSync(LOCK, 'utf8'))).map(({ name }) => name)
}

export function completeLock() {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'))
  const missing = missingFrom(lock)
  for (const each of missing) lock.packages[`node_modules/${each.name}`] = entryFor(each)
  const [root, ...others] = Object.entries(lock.packages)
  lock.packages = Object.fromEntries([root, ...others.sort(([a], [b]) => a.localeCompare(b, 'en'))])
  if (missing.length > 0) writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`)
  return missing.length
}

if (process.argv[1] === import.meta.filename) process.stderr.write(`${completeLock()} platform packages added to package-lock.json.\n`)
