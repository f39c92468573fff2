import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Small files that say what has been done already; gone with node_modules, so a fresh `npm ci` does everything anew. */
export const CACHE = path.join(ROOT, 'node_modules', '.cache', 'crema')

/** The embedded models for tests, fetched and converted once for all of them. */
export const TEST_MODELS = path.join(CACHE, 'models')

/** Absolute path of the data folder (setting CREMA_DATA, `.data` without it). */
export function dataDirOf(environment = process.env) {
  return path.resolve(ROOT, environment.CREMA_DATA || '.data')
}
