/** The licence of a model by the head of its README, where models in the layout of Hugging Face say it. */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** A model card is a page of text; the head is at its beginning. */
const MAX_README_BYTES = 4 * 1024 * 1024
const MAX_LICENCE = 200

/** Null where the README is not there or does not say. */
export async function readLicence(folder: string): Promise<string | null> {
  const file = path.join(folder, 'README.md')
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  )
  return size === 0 || size > MAX_README_BYTES ? null : licenceOf(await readFile(file, 'utf8'))
}

/** Of `license: other` the name that stands beside it. */
export function licenceOf(readme: string): string | null {
  const head = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(\r?\n|$)/.exec(readme)?.[1] ?? ''
  const licence = fieldOf(head, 'license')
  return licence === 'other' ? (fieldOf(head, 'license_name') ?? licence) : licence
}

/** One line, `[a, b]`, or a list of lines below. */
function fieldOf(head: string, name: string): string | null {
  const [, same = '', below = ''] = new RegExp(`^${name}:[ \\t]*(.*)((?:\\r?\\n[ \\t]*-[ \\t]+.*)*)`, 'm').exec(head) ?? []
  const inLine = same.replace(/(^|\s)#.*$/, '').trim()
  const values =
    inLine === '' ? below.split('\n').map((line) => line.replace(/^\s*-\s+/, '')) : inLine.replace(/^\[(.*)\]$/, '$1').split(',')
  const plain = values
    .map((value) =>
      value
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2')
        .trim(),
    )
    .filter((value) => value !== '')
  return plain.length === 0 ? null : plain.join(', ').slice(0, MAX_LICENCE)
}
