/** The models of this installation for the browser: what is on a list of files, and where those files lie. */
import path from 'node:path'
import type { ListedModel, ModelList } from '@/core/models/model-list'
import { log } from '@/server/log'
import { embeddedFolder, readEmbeddedModels } from './embedded-models'
import type { EmbeddedModelEntry } from './models-manifest'
import { folderOfModel, type RegisteredManifest } from './registered-manifest'
import { isDualEncoder, readRegisteredModels } from './registered-models'

const KINDS = { 'ssd-coco': 'detector', 'use-lite': 'encoder' } as const satisfies Record<EmbeddedModelEntry['name'], ListedModel['kind']>

type Placed = { readonly model: ListedModel; readonly folder: string }

/** A list of a registered model that cannot be read hides that model only. @throws AppError bad_file when models.json is broken */
export async function listModels(): Promise<ModelList> {
  return { models: (await placedModels()).map(({ model }) => model) }
}

/** Where the file of that content lies, if a list names it; the lists decide, not the folder. */
export async function findModelFile(
  sha256: string,
): Promise<{ readonly name: string; readonly path: string; readonly bytes: number } | null> {
  for (const { model, folder } of await placedModels()) {
    const part = model.files.find((file) => file.sha256 === sha256)
    if (part !== undefined) return { name: model.name, path: path.join(folder, ...part.file.split('/')), bytes: part.bytes }
  }
  return null
}

async function placedModels(): Promise<Placed[]> {
  const [embedded, { models, broken }] = await Promise.all([readEmbeddedModels(), readRegisteredModels()])
  for (const file of broken) log.warn({ file }, 'the list of a registered model cannot be read; register it again')
  const registered = await Promise.all(
    models.map(async (model) => ({ model: await fromRegistered(model), folder: folderOfModel(model.name) })),
  )
  return [...embedded.map((entry) => ({ model: fromEmbedded(entry), folder: embeddedFolder() })), ...registered]
}

function fromEmbedded({ name, file, sha256, bytes, vocabulary, licence, source }: EmbeddedModelEntry): ListedModel {
  const files = [{ file, sha256, bytes }, ...(vocabulary === null ? [] : [vocabulary])]
  return { name, kind: KINDS[name], isEmbedded: true, dtype: 'fp32', licence, source, files }
}

async function fromRegistered({ name, dtype, licence, files }: RegisteredManifest): Promise<ListedModel> {
  const kind = (await isDualEncoder(name)) ? 'vision' : 'other'
  return { name, kind, isEmbedded: false, dtype, licence, source: 'registered by the administrator', files }
}
