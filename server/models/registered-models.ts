/** What the administrator has registered, as its lists of files say. Nothing here looks at the files themselves. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import {
  folderOfModel,
  REGISTERED_MANIFEST,
  type RegisteredManifest,
  registeredFolder,
  registeredManifestSchema,
} from './registered-manifest'

/** `broken` = lists that cannot be read, by their path. */
export type RegisteredModels = { readonly models: readonly RegisteredManifest[]; readonly broken: readonly string[] }

/** By name. */
export async function readRegisteredModels(root = registeredFolder()): Promise<RegisteredModels> {
  const names = await readdir(root, { recursive: true }).catch(() => [])
  const models: RegisteredManifest[] = []
  const broken: string[] = []
  for (const file of names.filter((name) => path.basename(name) === REGISTERED_MANIFEST).sort()) {
    const parsed = registeredManifestSchema.safeParse(parseJson(await readFile(path.join(root, file), 'utf8').catch(() => '')))
    // A list that was copied to another folder would name files that are not the ones it was made of.
    if (parsed.success && parsed.data.name === path.dirname(file).split(path.sep).join('/')) models.push(parsed.data)
    else broken.push(path.join(root, file))
  }
  return { models, broken }
}

/** The same where one that cannot be read has to be mended first. @throws AppError bad_file */
export async function listRegisteredModels(root = registeredFolder()): Promise<readonly RegisteredManifest[]> {
  const { models, broken } = await readRegisteredModels(root)
  if (broken[0] !== undefined) throw new AppError('bad_file', `${broken[0]} cannot be read. Register the model again.`)
  return models
}

/** Kinds of models that put texts and pictures into one space, in the words of Hugging Face. */
const DUAL_ENCODERS: readonly string[] = ['clip', 'siglip']
const configSchema = z.looseObject({ model_type: z.string() })

/** Whether a registered model compares pictures with texts, by what its own config says. */
export async function isDualEncoder(name: string, root = registeredFolder()): Promise<boolean> {
  const config = configSchema.safeParse(
    parseJson(await readFile(path.join(folderOfModel(name, root), 'config.json'), 'utf8').catch(() => '')),
  )
  return config.success && DUAL_ENCODERS.includes(config.data.model_type)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
