/** Puts a finished export where it was asked for: the folder is complete or not there; an older export in its place is replaced. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { isJsonObject } from '@/core/formats/json'
import { EXPORT_SCHEMA } from './manifest'

/** Whether a folder holds nothing but an earlier export of ours. */
async function isOurExport(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))
    return isJsonObject(manifest) && manifest.schema === EXPORT_SCHEMA
  } catch {
    return false
  }
}

/** @throws AppError invalid_input when the place holds something else; missing_file when it cannot be written */
export async function checkPlace(folder: string): Promise<'new' | 'empty' | 'replace'> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new AppError('invalid_input', `${folder} cannot be used as a folder for the export.`, { folder }, { cause: error })
  })
  if (entries === null) return 'new'
  if (entries.length === 0) return 'empty'
  if (await isOurExport(folder)) return 'replace'
  throw new AppError('invalid_input', `${folder} holds other files. Name a new or empty folder with --out.`, { folder })
}

/** Runs `make` on a hidden folder beside the place, then moves it there in one step. */
export async function placeFolder<T>(folder: string, make: (temp: string) => Promise<T>): Promise<T> {
  await checkPlace(folder)
  const parent = path.dirname(folder)
  await mkdir(parent, { recursive: true }).catch((cause: unknown) => {
    throw new AppError('missing_file', `The folder ${parent} cannot be made.`, { folder: parent }, { cause })
  })
  const temp = path.join(parent, `.${path.basename(folder)}.${randomBytes(6).toString('hex')}`)
  const old = `${temp}.old`
  try {
    const result = await make(temp)
    const place = await checkPlace(folder)
    if (place !== 'new') await rename(folder, old)
    await rename(temp, folder)
    return result
  } finally {
    await rm(temp, { recursive: true, force: true })
    await rm(old, { recursive: true, force: true })
  }
}
