/** Opens a registered model through Transformers.js, with its network switched off and its files held against the list. */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { stampOf } from '@/server/models/file-stamp'
import {
  folderOfModel,
  REGISTERED_MANIFEST,
  type RegisteredManifest,
  registeredFolder,
  registeredManifestSchema,
} from '@/server/models/registered-manifest'
import { hashOf } from './register-model'
import type { ModelIdentity } from './roles'

export type Transformers = typeof import('@huggingface/transformers')
export type RegisteredModel = {
  readonly transformers: Transformers
  readonly name: string
  readonly folder: string
  readonly files: RegisteredManifest['files']
  /** To be given to `from_pretrained` and `pipeline`. */
  readonly options: { readonly dtype: RegisteredManifest['dtype']; readonly local_files_only: true; readonly device: 'cpu' }
  readonly identity: ModelIdentity
}

type Checked = { readonly manifest: RegisteredManifest; readonly stamp: string }
/** By folder. */
const checked = new Map<string, Promise<Checked>>()

/** @throws AppError missing_file (not registered), bad_file (changed since; also when it changed while this process runs) */
export async function openRegistered(name: string, root = registeredFolder()): Promise<RegisteredModel> {
  const folder = folderOfModel(name, root)
  const manifest = await checkedManifest(name, folder)
  const transformers = await import('@huggingface/transformers')
  Object.assign(transformers.env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: `${root}${path.sep}`,
    useFSCache: false,
    useBrowserCache: false,
  })
  const weights = manifest.files.flatMap(({ file, sha256 }) => (file.endsWith('.onnx') ? [sha256.slice(0, 12)] : []))
  return {
    transformers,
    name,
    folder,
    files: manifest.files,
    options: { dtype: manifest.dtype, local_files_only: true, device: 'cpu' },
    identity: {
      kind: 'model',
      provider: 'onnx',
      model: name,
      version: weights.length === 0 ? null : `${manifest.dtype} ${weights.join('+')}`,
    },
  }
}

/** Hashed once, and again when one of the files is not as it was. */
async function checkedManifest(name: string, folder: string): Promise<RegisteredManifest> {
  const present = checked.get(folder)
  const known = await present?.catch(() => null)
  if (known && known.stamp === (await stampOfAll(folder, known.manifest))) return known.manifest
  // Who came first meanwhile checks for all.
  const newer = checked.get(folder)
  const checking = newer === undefined || newer === present ? checkFiles(name, folder) : newer
  checked.set(folder, checking)
  checking.catch(() => {
    if (checked.get(folder) === checking) checked.delete(folder)
  })
  return (await checking).manifest
}

async function stampOfAll(folder: string, { files }: RegisteredManifest): Promise<string> {
  const all = [REGISTERED_MANIFEST, ...files.map(({ file }) => file)]
  return (await Promise.all(all.map((file) => stampOf(path.join(folder, file))))).join(' ')
}

async function checkFiles(name: string, folder: string): Promise<Checked> {
  const again = `Run \`crema models add ${folder}\` when it is as it should be.`
  const text = await readFile(path.join(folder, REGISTERED_MANIFEST), 'utf8').catch(() => null)
  if (text === null) {
    throw new AppError('missing_file', `The model ${name} is not registered on this worker. Copy its folder to ${folder}. ${again}`, {
      name,
    })
  }
  const manifest = readManifest(text)
  if (manifest?.name !== name) throw new AppError('bad_file', `The list of files of ${name} cannot be read. ${again}`, { name })
  // Before reading: what changes while it is read is noticed at the next use.
  const stamp = await stampOfAll(folder, manifest)
  for (const { file, bytes, sha256 } of manifest.files) {
    const full = path.join(folder, file)
    const size = await stat(full).then(
      (found) => found.size,
      () => -1,
    )
    if (size !== bytes || (await hashOf(full)) !== sha256) {
      throw new AppError('bad_file', `${file} of the model ${name} is missing or not the one that was registered. ${again}`, { name, file })
    }
  }
  return { manifest, stamp }
}

function readManifest(text: string): RegisteredManifest | null {
  try {
    return registeredManifestSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** What a library says about a model it cannot work with, as an error of ours: the file is at fault, not the caller. */
export function cannotOpen(name: string, task: string): (thrown: unknown) => never {
  return (thrown) => {
    if (thrown instanceof AppError) throw thrown
    throw new AppError(
      'bad_file',
      `The model ${name} cannot be used for ${task}. Register one that was exported for it.`,
      { name },
      { cause: thrown },
    )
  }
}

/** A run of a model that fails is its bad answer: tried again, then given up. */
export function cannotRun(name: string): (thrown: unknown) => never {
  return (thrown) => {
    throw new AppError('model_bad_answer', `The model ${name} could not work with what it was given.`, { name }, { cause: thrown })
  }
}
