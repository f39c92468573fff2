/** Export of 200,000 approved samples in both formats: time and memory of the command. */
import path from 'node:path'
import { BENCH_ROWS, makeInput, openInstallation } from './installation'
import type { Bench, Figure } from './result'

const LIMIT_SEC = 60
const LIMIT_MIB = 512

export const bench: Bench = {
  name: 'export',
  async run() {
    const installation = await openInstallation()
    try {
      const { file, media } = await makeInput(installation.folder, BENCH_ROWS)
      await installation.crema(['import', '--project', 'bench', '--format', 'videoespresso', '--annotations', file, '--media', media])
      await installation.sql(`UPDATE "Sample" SET state = 'approved', decision = 'approve'`)
      const figures: Figure[] = []
      for (const format of ['videoespresso', 'crema'] as const) {
        const out = path.join(installation.folder, format)
        const { seconds, peakRssMib } = await installation.crema(['export', '--project', 'bench', '--format', format, '--out', out])
        figures.push(
          { name: `export ${format}, time`, value: seconds, unit: 's', target: `<= ${LIMIT_SEC}`, isMet: seconds <= LIMIT_SEC },
          {
            name: `export ${format}, peak memory`,
            value: peakRssMib,
            unit: 'MiB',
            target: `<= ${LIMIT_MIB}`,
            isMet: peakRssMib <= LIMIT_MIB,
          },
        )
      }
      return { figures, notes: [`${BENCH_ROWS} approved samples, database on the same machine`] }
    } finally {
      await installation.stop()
    }
  },
}
