import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = path.join('server', 'media', 'child', 'main.mjs')

let found: string | undefined

/**
 * The media program's file. It is run by a process of its own, never bundled, so it is looked for in the source tree: upwards
 * from this module (command line, worker) and from the working folder (the built web process).
 */
export function mediaProgramPath(): string {
  found ??= search(path.dirname(fileURLToPath(import.meta.url))) ?? search(process.cwd())
  if (found === undefined) throw new Error(`The media program ${PROGRAM} is not below the working folder`)
  return found
}

function search(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(/* turbopackIgnore: true */ folder, PROGRAM)
    if (existsSync(candidate)) return candidate
    if (folder === path.dirname(folder)) return undefined
  }
}
