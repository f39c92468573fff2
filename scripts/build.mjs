// The production build, made only when something it is made of has changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CACHE, ROOT } from './paths.mjs'
import { holdLock } from './presence.mjs'
import { StartError } from './progress.mjs'

const SOURCES = ['app', 'browser', 'components', 'core', 'server', 'public', 'proxy.ts', 'instrumentation.ts', 'next.config.js']
const SETTINGS = ['postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json', 'prisma/schema.prisma']
const BUILD_TIMEOUT_MS = 900_000

const NEXT = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

export const nextProgram = NEXT

export const distDirOf = (environment = process.env) => path.join(ROOT, environment.CREMA_DIST || '.next')

function* filesBelow(relative) {
  const absolute = path.join(ROOT, relative)
  if (!existsSync(absolute)) return
  if (statSync(absolute).isFile()) {
    yield relative
    return
  }
  for (const name of readdirSync(absolute).sort()) {
    // The generated database client follows from the schema, which is among the settings.
    if (name === 'generated' || /\.(pg\.|web\.)?test\.tsx?$/.test(name)) continue
    yield* filesBelow(path.join(relative, name))
  }
}

/** Hash of names and bytes of everything the build is made of. */
export function sourcesHash() {
  const hash = createHash('sha256').update(process.version)
  for (const relative of [...SOURCES, ...SETTINGS].flatMap((entry) => [...filesBelow(entry)])) {
    hash
      .update(relative)
      .update('\0')
      .update(readFileSync(path.join(ROOT, relative)))
      .update('\0')
  }
  return hash.digest('hex')
}

function isUpToDate(distDir, wanted) {
  const stamp = path.join(distDir, 'crema-build')
  return existsSync(path.join(distDir, 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

export const isBuilt = () => isUpToDate(distDirOf(), sourcesHash())

function runNextBuild(onChild) {
  return new Promise((resolve, reject) => {
    const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    const child = spawn(process.execPath, [NEXT, 'build'], { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    onChild?.(child)
    let output = ''
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Builds when needed. Returns whether it did; throws StartError with the compiler's words. `onChild` sees the process. */
export async function buildIfNeeded(onChild) {
  const wanted = sourcesHash()
  const distDir = distDirOf()
  if (isUpToDate(distDir, wanted)) return false
  mkdirSync(CACHE, { recursive: true })
  return holdLock(
    path.join(CACHE, `build-${path.basename(distDir)}.lock`),
    async () => {
      if (isUpToDate(distDir, wanted)) return false
      rmSync(path.join(distDir, 'crema-build'), { force: true })
      const { code, output } = await runNextBuild(onChild)
      if (code !== 0) throw new StartError(`The build failed:\n${output.slice(-6000)}`)
      writeFileSync(path.join(distDir, 'crema-build'), wanted)
      return true
    },
    BUILD_TIMEOUT_MS,
  )
}
