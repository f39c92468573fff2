/** Where the embedded models lie, and what is known of each. They are fetched and converted at set-up (`scripts/weights`). */
import path from 'node:path'
import { AppError } from '@/core/errors'
import { EMBEDDED_REMEDY, embeddedFolder, readEmbeddedModels } from '@/server/models/embedded-models'
import type { EmbeddedModelEntry, EmbeddedModelName, PinnedModelFile } from '@/server/models/models-manifest'
import type { ModelFile } from './read-verified'

export type EmbeddedModel = { readonly entry: EmbeddedModelEntry; readonly model: ModelFile; readonly vocabulary: ModelFile | null }

/** @throws AppError missing_file when the model has not been prepared yet, bad_file when models.json is broken */
export async function embeddedModel(name: EmbeddedModelName, folder = embeddedFolder()): Promise<EmbeddedModel> {
  const entry = (await readEmbeddedModels(folder)).find((each) => each.name === name)
  if (entry === undefined)
    throw new AppError('missing_file', `The embedded model ${name} has not been prepared yet. ${EMBEDDED_REMEDY}`, { model: name })
  const fileOf = (file: PinnedModelFile): ModelFile => {
    return { path: path.join(folder, file.file), sha256: file.sha256, bytes: file.bytes, remedy: EMBEDDED_REMEDY }
  }
  return { entry, model: fileOf(entry), vocabulary: entry.vocabulary === null ? null : fileOf(entry.vocabulary) }
}
