/** `manifest.json`: what an export holds, with a hash of everything. No times, no machine names: same state, same bytes. */
import { createHash } from 'node:crypto'
import { CREMA_SCHEMA } from '@/core/formats/crema/version'
import type { VideoIdentity } from '@/core/formats/sample-facts'
import packageFacts from '@/package.json' with { type: 'json' }
import type { FileFacts } from './file-writer'

export const EXPORT_SCHEMA = 'crema.export/v1'

export class ManifestBuilder {
  private readonly perTask = new Map<string, number>()
  private readonly perState = new Map<string, number>()
  private readonly conventions = new Map<string, number>()
  private readonly ids = createHash('sha256')
  samples = 0

  add(externalId: string, task: string | null, state: string, convention: string | null): void {
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
    this.samples += 1
    count(this.perTask, task ?? 'none')
    count(this.perState, state)
    if (convention !== null) count(this.conventions, convention)
    this.ids.update(`${externalId}\n`)
  }

  tasks(): Record<string, number> {
    return sorted(this.perTask)
  }

  build(
    { format, choice }: { format: string; choice: string },
    videos: readonly VideoIdentity[],
    files: readonly { path: string; facts: FileFacts }[],
  ): string {
    const manifest = {
      schema: EXPORT_SCHEMA,
      generator: { name: 'crema', version: packageFacts.version },
      format,
      rowSchema: format === 'crema' ? CREMA_SCHEMA : 'videoespresso + crema.row/v1',
      states: choice,
      counts: { samples: this.samples, videos: videos.length, stills: files.filter((file) => file.path.startsWith('frames/')).length },
      perTask: this.tasks(),
      perState: sorted(this.perState),
      boxConvention: sorted(this.conventions),
      /** sha256 over the external ids in the order of the rows, a line each. */
      sampleIdsSha256: this.ids.digest('hex'),
      videos,
      files: files.map(({ path, facts }) => ({ path, ...facts })),
    }
    return `${JSON.stringify(manifest, null, 2)}\n`
  }
}

function sorted(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}
