/** Which weights stand behind a name: a registered folder can be replaced under the same one, and then its results are others. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ProviderRef } from '@/core/pipeline/settings'
import { folderOfModel, REGISTERED_MANIFEST, registeredFolder } from '@/server/models/registered-manifest'
import { sha256Of } from '@/server/sha256-of'

/** sha256 of the list of files of each registered model among `refs`, by name; null = not registered here. */
export async function fingerprintsOf(refs: readonly ProviderRef[], root = registeredFolder()): Promise<Record<string, string | null>> {
  const names = [...new Set(refs.filter(({ provider }) => provider === 'onnx').map(({ model }) => model))]
  const entries = names.map(async (name): Promise<[string, string | null]> => {
    const list = await readFile(path.join(folderOfModel(name, root), REGISTERED_MANIFEST)).catch(() => null)
    return [name, list === null ? null : sha256Of(list)]
  })
  return Object.fromEntries(await Promise.all(entries))
}
