/** Import of 200,000 generated rows with their videos: time and memory of the command, first and second time. */
import { BENCH_ROWS, makeInput, openInstallation } from './installation'
import type { Bench } from './result'

const LIMIT_SEC = 300
const LIMIT_MIB = 512

export const bench: Bench = {
  name: 'import',
  async run() {
    const installation = await openInstallation()
    try {
      const { file, media, bytes } = await makeInput(installation.folder, BENCH_ROWS)
      const args = ['import', '--project', 'bench', '--format', 'videoespresso', '--annotations', file, '--media', media]
      const first = await installation.crema(args)
      const second = await installation.crema(args)
      return {
        figures: [
          { name: 'import, time', value: first.seconds, unit: 's', target: `<= ${LIMIT_SEC}`, isMet: first.seconds <= LIMIT_SEC },
          {
            name: 'import, peak memory',
            value: first.peakRssMib,
            unit: 'MiB',
            target: `<= ${LIMIT_MIB}`,
            isMet: first.peakRssMib <= LIMIT_MIB,
          },
          { name: 'import, rows a second', value: BENCH_ROWS / first.seconds, unit: 'rows/s', target: null, isMet: null },
          { name: 'same file again, time', value: second.seconds, unit: 's', target: null, isMet: null },
        ],
        notes: [
          `${BENCH_ROWS} rows, ${(bytes / 1e6).toFixed(0)} MB, database on the same machine`,
          `first: ${counts(first.result)}; again: ${counts(second.result)}`,
        ],
      }
    } finally {
      await installation.stop()
    }
  },
}

function counts(result: unknown): string {
  const { imported, unchanged, errorCount } = result as Record<string, number>
  return `${imported} imported, ${unchanged} unchanged, ${errorCount} refused`
}
