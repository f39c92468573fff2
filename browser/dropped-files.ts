/**
 * Files out of a drop or a file input, with their path relative to what was dropped. The path is data for matching a
 * video to the annotation that names it; nothing is ever opened by it.
 */
export type PickedFile = { readonly file: File; readonly path: string }

/** What a picked file is for, judged by its name only; the server looks at the content. `null` = not for an import. */
export type FilePurpose = 'annotations' | 'video' | 'still'

const PURPOSES: readonly (readonly [FilePurpose, RegExp])[] = [
  ['annotations', /\.(json|jsonl|ndjson)$/i],
  ['video', /\.(mp4|m4v|mov|webm|mkv|avi|ts|m2ts|mpg|mpeg)$/i],
  ['still', /\.(jpe?g|png|webp)$/i],
]

export function purposeOf(name: string): FilePurpose | null {
  return PURPOSES.find(([, pattern]) => pattern.test(name))?.[0] ?? null
}

/** Files of an `<input type="file">`, folders included when it has `webkitdirectory`. */
export function filesOfInput(files: FileList): PickedFile[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))
}

/** Files of a drop. Folders are walked; a browser without entries gives the flat list. */
export async function filesOfDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  // The entries must be taken before the first await: the drop's data store is emptied after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return filesOfInput(transfer.files)
  const found = await Promise.all(entries.map((entry) => walk(entry, '')))
  return found.flat()
}

async function walk(entry: FileSystemEntry, parent: string): Promise<PickedFile[]> {
  const path = parent === '' ? entry.name : `${parent}/${entry.name}`
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ file, path }]
  }
  if (!isFolder(entry)) return []
  const found: PickedFile[] = []
  const reader = entry.createReader()
  // readEntries answers in portions of about a hundred, until it answers with none.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return found
    for (const child of portion) found.push(...(await walk(child, path)))
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
