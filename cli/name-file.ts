import { AppError } from '@/core/errors'

/** Runs work on one file the user named; a refusal then names the file (design §7: bad input names file, row and field). */
export async function nameFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    throw new AppError(error.code, `${file}: ${error.message}`, { ...error.details, file }, { cause: error })
  }
}
