/**
 * `npm run bench -- [name…]`: measures and prints a table and JSON. Never part of the tests: figures of a shared machine
 * inform, they do not pass or fail anything.
 */
import os from 'node:os'
import type { Bench, BenchResult, Figure } from './result'

const BENCHES: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  frames: () => import('./frames'),
  stills: () => import('./stills'),
  import: () => import('./import'),
  export: () => import('./export'),
  'next-sample': () => import('./next-sample'),
  'box-drag': () => import('./box-drag'),
}

type Report = BenchResult & { name: string; seconds: number }

function describeFigure({ name, value, unit, target, isMet }: Figure): string {
  const mark = isMet === null ? '    ' : isMet ? 'met ' : 'MISS'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4
  return `  ${mark}  ${name.padEnd(48)} ${value.toFixed(digits).padStart(12)} ${unit.padEnd(10)} ${target ?? ''}`
}

function render(report: Report): string {
  const notes = report.notes.map((note) => `        ${note}`)
  return [`${report.name} (${report.seconds.toFixed(1)} s)`, ...report.figures.map(describeFigure), ...notes, ''].join('\n')
}

async function measure(name: string): Promise<Report> {
  const load = BENCHES[name]
  if (load === undefined) throw new Error(`There is no benchmark "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`)
  const { bench } = await load()
  process.stderr.write(`${name} …\n`)
  const begin = performance.now()
  const result = await bench.run()
  return { name, seconds: (performance.now() - begin) / 1000, ...result }
}

async function main(names: readonly string[]): Promise<void> {
  const reports: Report[] = []
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) reports.push(await measure(name))
  const machine = {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGib: Math.round(os.totalmem() / 1024 ** 3),
    node: process.version,
  }
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node.js ${machine.node}\n`)
  for (const report of reports) console.log(render(report))
  console.log(JSON.stringify({ machine, measuredAt: new Date().toISOString(), reports }))
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exit(1)
  },
)
