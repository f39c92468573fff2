/** One embedded model: fetched, converted, compared with the original, put in place. Whole or not there. */
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { EmbeddedModelEntry, EmbeddedModelName, PinnedModelFile } from '../../server/models/models-manifest'
import { loadOnnxModel, type OnnxModel } from '../../worker/models/onnx-runtime'
import { fetchPackage, isInPlace, type Pack, putInPlace } from '../fetch-package'
import { convertDetector } from './convert-detector'
import { convertEncoder } from './convert-encoder'
import type { ModelSource } from './embedded-manifest'
import { checkDetector, checkEncoder, readGolden } from './golden'
import { type GraphModel, readGraphModel } from './graph-model'

export type MakeOptions = {
  readonly environment?: NodeJS.ProcessEnv | undefined
  readonly pack?: Pack | undefined
  readonly signal?: AbortSignal | undefined
}
type Recipe = { readonly convert: (model: GraphModel) => Uint8Array; readonly check: (model: OnnxModel) => Promise<void> }

const RECIPES: Readonly<Record<EmbeddedModelName, Recipe>> = {
  'ssd-coco': { convert: convertDetector, check: async (model) => checkDetector(model, (await readGolden()).detector) },
  'use-lite': { convert: convertEncoder, check: async (model) => checkEncoder(model, (await readGolden()).encoder) },
}

/** Beginning of the names of folders that a model is made in. */
const PLACE = 'make-'
const LEFT_BEHIND_AFTER_MS = 3_600_000

/** A process that was killed leaves its folder behind. */
export async function clearLeftBehind(folder: string, now = Date.now()): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => each.startsWith(PLACE))) {
    const left = path.join(folder, name)
    const changed = await stat(left).catch(() => null)
    if (changed !== null && now - changed.mtimeMs > LEFT_BEHIND_AFTER_MS) await rm(left, { recursive: true, force: true })
  }
}

/** What the worker is told of a model. */
export function entryOf(source: ModelSource): EmbeddedModelEntry {
  const words = source.members.find(({ member }) => member === source.vocabulary?.member)
  return {
    name: source.name,
    version: `${source.package}@${source.version}`,
    ...source.onnx,
    source: source.source,
    licence: source.licence,
    roles: source.roles,
    vocabulary:
      source.vocabulary === null || words === undefined ? null : { file: source.vocabulary.file, sha256: words.sha256, bytes: words.bytes },
  }
}

function filesOf(source: ModelSource): readonly PinnedModelFile[] {
  const { vocabulary, ...model } = entryOf(source)
  return vocabulary === null ? [model] : [vocabulary, model]
}

/** Whether its files are there and are the right ones. */
export async function isMade(source: ModelSource, folder: string): Promise<boolean> {
  const states = await Promise.all(filesOf(source).map((file) => isInPlace(path.join(folder, file.file), file)))
  return states.every(Boolean)
}

/** Takes a model that was made before from another folder; false when it is not there. */
export async function takeModel(source: ModelSource, from: string, folder: string): Promise<boolean> {
  if (!(await isMade(source, from))) return false
  for (const { file } of filesOf(source)) await putInPlace(path.join(folder, file), await readFile(path.join(from, file)))
  return isMade(source, folder)
}

/** Throws an Error with a reason for people. */
export async function makeModel(source: ModelSource, folder: string, options: MakeOptions = {}): Promise<void> {
  const place = await mkdtemp(path.join(folder, PLACE))
  try {
    const files = source.members.map((each) => ({ ...each, file: path.posix.basename(each.member) }))
    await fetchPackage({ ...source, files }, place, options)
    const content = RECIPES[source.name].convert(await readGraphModel(place))
    const sha256 = createHash('sha256').update(content).digest('hex')
    if (sha256 !== source.onnx.sha256)
      throw new Error(`the conversion gave another file than the recorded one (sha256 ${sha256}), so it is not used`)
    const made = path.join(place, source.onnx.file)
    await writeFile(made, content)
    await compare(source, made)
    if (source.vocabulary !== null) {
      const words = await readFile(path.join(place, path.posix.basename(source.vocabulary.member)))
      await putInPlace(path.join(folder, source.vocabulary.file), words)
    }
    await rename(made, path.join(folder, source.onnx.file))
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function compare(source: ModelSource, file: string): Promise<void> {
  const model = await loadOnnxModel({ ...source.onnx, path: file, remedy: 'The conversion is at fault.' })
  try {
    await RECIPES[source.name].check(model)
  } finally {
    await model.release()
  }
}
