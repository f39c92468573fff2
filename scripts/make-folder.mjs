import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/** Makes the folder and its missing parents one by one: `mkdirSync` with `recursive` never ends below /proc (Node 20). */
export function makeFolder(folder, mode) {
  if (existsSync(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolder(parent, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // Somebody else made it meanwhile.
    if (error.code !== 'EEXIST') throw error
  }
}
