/** The question against the pixels, by a dual encoder that the administrator registered (CLIP, SigLIP). */
import { AppError } from '@/core/errors'
import { registeredFolder } from '@/server/models/registered-manifest'
import { isDualEncoder, listRegisteredModels } from '@/server/models/registered-models'
import { registeredVerifier } from './models/registered-verifier'
import type { FramePicture } from './models/roles'

/** `agreement` = cosine of question and whole picture, −1 to 1. */
export type Vision = { readonly name: string; agreement(picture: FramePicture, question: string): Promise<number> }

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
  return openVisionModel(model, root)
}

/** The dual encoder that is registered under this name. @throws AppError missing_file, bad_file */
export async function openVisionModel(model: string, root = registeredFolder()): Promise<Vision> {
  const verifier = await registeredVerifier(model, root)
  return {
    name: model,
    async agreement(picture, question) {
      const whole = { x: 0, y: 0, w: picture.width, h: picture.height }
      const [check] = await verifier.verify(picture, [{ rect: whole, phrase: question }], [question])
      if (check?.agreement == null || !Number.isFinite(check.agreement)) {
        throw new AppError('model_bad_answer', `The model ${model} gave no number for a frame.`, { model })
      }
      return check.agreement
    },
  }
}
