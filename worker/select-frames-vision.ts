/** The question against the pixels, by a dual encoder that the administrator registered (CLIP, SigLIP). */
import { AppError } from '@/core/errors'
import { cosine } from '@/core/models/vectors'
import { registeredFolder } from '@/server/models/registered-manifest'
import { isDualEncoder, listRegisteredModels } from '@/server/models/registered-models'
import { type DualEncoder, registeredDualEncoder } from './models/registered-dual-encoder'

/** Vectors of unit length of whole pictures and of questions. */
export type Vision = Pick<DualEncoder, 'name' | 'sha256' | 'embedPicture' | 'embedText'>

/**
 * The registered dual encoder; of several the first by name, and that is said.
 *
 * @throws AppError missing_file when none is registered, bad_file when it is not what was registered
 */
export async function openVision(say: (line: string) => void, root = registeredFolder()): Promise<Vision> {
  const names = (await listRegisteredModels(root)).map(({ name }) => name).sort()
  const found: string[] = []
  for (const name of names) if (await isDualEncoder(name, root)) found.push(name)
  const [model] = found
  if (model === undefined) {
    throw new AppError(
      'missing_file',
      'The signal vision needs a dual encoder of texts and pictures (CLIP or SigLIP), and none is registered. ' +
        'Register one with `crema models add DIR`, or leave vision out of --signal.',
      { signal: 'vision' },
    )
  }
  say(`vision: ${model}${found.length > 1 ? ` (the first of ${found.length} registered dual encoders)` : ''}`)
  return registeredDualEncoder(model, root)
}

/**
 * How well each picture agrees with the question: cosines, −1 to 1. The question is encoded, no picture is.
 *
 * @param pictures null = no dual encoder has looked; then there is no agreement
 * @throws AppError model_bad_answer
 */
export async function agreementsWith(
  question: string,
  vision: Vision | null,
  pictures: readonly Float32Array[] | null,
): Promise<number[] | null> {
  if (vision === null || pictures === null) return null
  const asked = await vision.embedText(question)
  return pictures.map((picture) => cosine(picture, asked))
}
