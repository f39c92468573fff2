/** Puts a model folder on the list: looks at every file, writes down its sha256, and refuses what could not be trusted later. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { DUAL_HALVES, type DualEncoderKind, dualEncoderKind, fileOfHalf, vectorOutput } from '@/core/models/dual-encoder-io'
import { outputNames } from '@/core/models/graph-part'
import { folderOfModel, REGISTERED_MANIFEST, type RegisteredManifest, registeredFolder } from '@/server/models/registered-manifest'
import { assertSelfContained } from './onnx-file'
import { readLicence } from './read-licence'

const MAX_FILES = 200
const MAX_TOTAL_BYTES = 16 * 1024 ** 3
/** An ONNX file without external data is one protobuf message, and those end here. */
const MAX_ONNX_BYTES = 2 ** 31 - 1

/** Forms of weights by the end of their file's name, the most exact first. */
const FORMS = [
  ['', 'fp32'],
  ['_fp16', 'fp16'],
  ['_quantized', 'q8'],
  ['_int8', 'int8'],
  ['_uint8', 'uint8'],
  ['_q4', 'q4'],
] as const
/** One file, or of a dual encoder two halves, which are the better choice: a new question then needs the half of texts alone. */
const LAYOUTS = [['vision_model', 'text_model'], ['model']] as const
const WEIGHTS = FORMS.flatMap(([end, dtype]) => LAYOUTS.map((names) => ({ dtype, names: names.map((name) => `onnx/${name}${end}.onnx`) })))

/**
 * @param folder absolute; it must lie in the folder of registered models, two levels deep at most
 * @param licence null = what its README says
 * @throws AppError path_outside, missing_file, bad_file, limit_exceeded
 */
export async function registerModel(folder: string, root = registeredFolder(), licence: string | null = null): Promise<RegisteredManifest> {
  const name = path.relative(root, path.resolve(folder)).split(path.sep).join('/')
  if (name === '' || name.startsWith('..') || path.isAbsolute(name)) {
    throw new AppError('path_outside', `The model must lie in ${root}, as ${path.join(root, 'BAAI', 'bge-m3')}. Copy it there first.`, {
      root,
    })
  }
  const home = folderOfModel(name, root)
  const found = (await filesBelow(home, '')).filter((file) => file !== REGISTERED_MANIFEST)
  const weights = found.includes('config.json') ? await weightsOf(home, found) : undefined
  const missing = !found.includes('config.json')
    ? 'config.json'
    : weights === undefined
      ? 'onnx/model.onnx (or a quantised form of it, or onnx/vision_model.onnx and onnx/text_model.onnx)'
      : null
  if (weights === undefined || missing !== null) {
    throw new AppError('missing_file', `${name} has no ${missing}. Take a folder in the layout of Hugging Face for Transformers.js.`, {
      name,
    })
  }
  // Other forms of the same weights are of no use here, and need not be read.
  const wanted = found.filter((file) => !file.includes('.onnx') || weights.names.includes(file))
  const files = []
  for (const file of wanted) files.push(await describeFile(home, file))
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  if (total > MAX_TOTAL_BYTES) throw new AppError('limit_exceeded', `${name} has more than 16 GiB.`, { bytes: total })
  const manifest: RegisteredManifest = {
    format: 'crema.registered-model/v1',
    name,
    dtype: weights.dtype,
    licence: licence ?? (await readLicence(home)),
    files,
  }
  await writeWhole(path.join(home, REGISTERED_MANIFEST), JSON.stringify(manifest, null, 2))
  return manifest
}

/** The most exact that are there. Halves that do not give vectors of one space are of no use: then the graph with both is taken. */
async function weightsOf(home: string, found: readonly string[]): Promise<(typeof WEIGHTS)[number] | undefined> {
  const kind = dualEncoderKind(await readFile(path.join(home, 'config.json'), 'utf8'))
  for (const weights of WEIGHTS.filter(({ names }) => names.every((file) => found.includes(file)))) {
    if (weights.names.length === 1 || (kind !== null && (await giveVectors(home, weights.names, kind)))) return weights
  }
  return undefined
}

async function giveVectors(home: string, names: readonly string[], kind: DualEncoderKind): Promise<boolean> {
  const files = names.map((file) => ({ file }))
  for (const half of DUAL_HALVES) {
    const file = fileOfHalf(files, half)?.file ?? ''
    if (vectorOutput(outputNames(await readFile(path.join(home, file))), half, kind) === null) return false
  }
  return true
}

async function filesBelow(home: string, below: string): Promise<string[]> {
  const entries = await readdir(path.join(home, below), { withFileTypes: true }).catch(() => {
    throw new AppError('missing_file', `There is no folder ${home}.`)
  })
  const files: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = below === '' ? entry.name : `${below}/${entry.name}`
    // What a link leads to may change without anyone touching the folder.
    if (entry.isSymbolicLink()) throw new AppError('path_outside', `${relative} is a link. Put the file itself there.`, { file: relative })
    if (entry.name.startsWith('.')) continue
    files.push(...(entry.isDirectory() ? await filesBelow(home, relative) : [relative]))
    if (files.length > MAX_FILES) throw new AppError('limit_exceeded', `The folder has more than ${MAX_FILES} files.`)
  }
  return files
}

async function describeFile(home: string, file: string) {
  const full = path.join(home, file)
  const { size } = await lstat(full)
  if (!file.endsWith('.onnx')) return { file, sha256: await hashOf(full), bytes: size }
  if (size > MAX_ONNX_BYTES)
    throw new AppError('limit_exceeded', `${file} is larger than 2 GiB. Take a smaller form of the model.`, { file })
  const content = await readFile(full)
  assertSelfContained(content)
  return { file, sha256: createHash('sha256').update(content).digest('hex'), bytes: size }
}

/** Also used when a model is opened. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part)
  return hash.digest('hex')
}

async function writeWhole(target: string, content: string): Promise<void> {
  const temp = `${target}.${process.pid}.part`
  try {
    await writeFile(temp, content)
    await rename(temp, target)
  } finally {
    await rm(temp, { force: true })
  }
}
