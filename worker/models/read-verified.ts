/** Reads a file of a model and makes sure that it is the one that was promised: what is used is what was checked. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '@/core/errors'

/** `remedy` = what to do when the file is missing or wrong; a whole sentence. */
export type ModelFile = { readonly path: string; readonly sha256: string; readonly bytes: number; readonly remedy: string }

/** A protobuf message, and so an ONNX file without external data, cannot be larger. */
const MAX_MODEL_BYTES = 2 ** 31 - 1

/** @throws AppError missing_file, limit_exceeded, bad_file */
export async function readVerified(file: ModelFile): Promise<Buffer> {
  const found = await stat(file.path).catch(() => null)
  if (found === null || !found.isFile())
    throw new AppError('missing_file', `A model file is not there. ${file.remedy}`, { file: file.path })
  if (found.size > MAX_MODEL_BYTES || file.bytes > MAX_MODEL_BYTES) {
    throw new AppError('limit_exceeded', 'A model file is larger than 2 GiB. Use a smaller variant of the model.', { file: file.path })
  }
  // Before reading: a file of another size need not be held in memory to be refused.
  if (found.size !== file.bytes) throw wrong(file, `it has ${found.size} bytes instead of ${file.bytes}`)
  const content = await readFile(file.path)
  const sha256 = createHash('sha256').update(content).digest('hex')
  if (sha256 !== file.sha256) throw wrong(file, 'its sha256 differs')
  return content
}

function wrong(file: ModelFile, how: string): AppError {
  return new AppError('bad_file', `A model file is not the one that was recorded: ${how}. ${file.remedy}`, { file: file.path })
}
