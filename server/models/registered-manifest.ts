/**
 * Models that the administrator registered: folders in the layout of Hugging Face below `<data>/models/registered`, named as there
 * (`BAAI/bge-m3`), each with a list of its files and their sha256. The worker opens nothing that is not on that list as it stands.
 */
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { modelDtypeSchema } from '@/core/models/model-list'
import { env } from '@/server/env'

export const REGISTERED_MANIFEST = 'crema-model.json'

const fileSchema = z.strictObject({
  /** Relative to the folder of the model, with `/`. */
  file: z.string().regex(/^[\w][\w.-]*(\/[\w][\w.-]*)*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
})

/**
 * `dtype` = the form of the weights in the words of Transformers.js, which decides the name of the ONNX file. `licence` = as the
 * folder's README or the administrator says; null = nobody said.
 */
export const registeredManifestSchema = z.strictObject({
  format: z.literal('crema.registered-model/v1'),
  name: z.string(),
  dtype: modelDtypeSchema,
  licence: z.string().min(1).max(200).nullable().default(null),
  files: z.array(fileSchema).min(2).max(200),
})
export type RegisteredManifest = z.infer<typeof registeredManifestSchema>

export const registeredFolder = () => path.join(env.dataDir, 'models', 'registered')

/** Two plain words at most, so that a name in a project's settings cannot lead out of the folder. */
const NAME = /^[A-Za-z0-9][\w.-]{0,95}(\/[A-Za-z0-9][\w.-]{0,95})?$/

/** Folder of a model by its name. @throws AppError invalid_input */
export function folderOfModel(name: string, root = registeredFolder()): string {
  if (NAME.test(name) && !name.includes('..')) return path.join(root, ...name.split('/'))
  throw new AppError('invalid_input', `"${name.slice(0, 100)}" is no name of a model. Names look like BAAI/bge-m3.`)
}
