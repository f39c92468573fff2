import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

type CachedFile = { readonly path: string; readonly bytes: number; readonly usedAtMs: number }

async function listFiles(folder: string): Promise<CachedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files: CachedFile[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    // Another process may trim at the same time.
    const facts = await stat(file).catch(() => null)
    if (facts !== null) files.push({ path: file, bytes: facts.size, usedAtMs: facts.mtimeMs })
  }
  return files
}

/** Removes the least recently used files until the rest has at most `maxBytes`; `keep` stays even if it alone has more. */
export async function trimFolder(folder: string, maxBytes: number, keep: string): Promise<void> {
  const files = await listFiles(folder)
  let total = files.reduce((sum, file) => sum + file.bytes, 0)
  for (const file of files.sort((a, b) => a.usedAtMs - b.usedAtMs)) {
    if (total <= maxBytes) return
    if (file.path === keep) continue
    await rm(file.path, { force: true })
    total -= file.bytes
  }
}
