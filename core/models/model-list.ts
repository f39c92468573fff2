/** What a browser may know of the models that this installation has: the answer of `GET /api/models`. */
import { z } from 'zod'

/** `vision` = puts pictures and texts into one space; `other` = of no use to the selector, but may be fetched. */
export const MODEL_KINDS = ['detector', 'encoder', 'vision', 'other'] as const

/** One file of a model. `file` = path in its folder, with `/`; fetched as `/api/models/<sha256>`; size in bytes. */
export const modelPartSchema = z.strictObject({
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
})
export type ModelPart = z.infer<typeof modelPartSchema>

/** In which form the numbers of the weights are stored, in the words of Transformers.js. */
export const modelDtypeSchema = z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4'])

/** One model. `licence` null = its folder does not say; `source` = where it came from, for people. */
export const listedModelSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(MODEL_KINDS),
  isEmbedded: z.boolean(),
  dtype: modelDtypeSchema,
  licence: z.string().nullable(),
  source: z.string(),
  files: z.array(modelPartSchema).min(1),
})
export type ListedModel = z.infer<typeof listedModelSchema>

/** Embedded models first, then registered ones by name. */
export const modelListSchema = z.strictObject({ models: z.array(listedModelSchema) })
export type ModelList = z.infer<typeof modelListSchema>

/** All bytes of a model, which have to be fetched before it runs the first time. */
export function bytesOfModel(model: ListedModel): number {
  return model.files.reduce((sum, file) => sum + file.bytes, 0)
}
