/**
 * `npm run bench -- [name…]`: measures and prints a table and JSON. Never part of the tests: figures of a shared machine
 * inform, they do not pass or fail anything.
 */
import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bench, BenchResult, Figure } from './result'

/** Every module of this folder that exports a `bench`, by name; parts of them export none. */
async function findBenches(): Promise<ReadonlyMap<string, Bench>> {
  const found = new Map<string, Bench>()
  for (const file of readdirSync(import.meta.dirname).sort()) {
    const isBench = file.endsWith('.ts') && /^export const bench\b/m.test(readFileSync(path.join(import.meta.dirname, file), 'utf8'))
    if (!isBench) continue
    const module: { bench: Bench } = await import(pathToFileURL(path.join(import.meta.dirname, file)).href)
    found.set(module.bench.name, module.bench)
  }
  return found
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

async function measure(bench: Bench): Promise<Report> {
  process.stderr.write(`${bench.name} …\n`)
  const begin = performance.now()
  const result = await bench.run()
  return { name: bench.name, seconds: (performance.now() - begin) / 1000, ...result }
}

async function main(names: readonly string[]): Promise<void> {
  const benches = await findBenches()
  const chosen = (names.length > 0 ? names : [...benches.keys()]).map((name) => {
    const bench = benches.get(name)
    if (bench === undefined) throw new Error(`There is no benchmark "${name}". There are: ${[...benches.keys()].join(', ')}.`)
    return bench
  })
  const reports: Report[] = []
  for (const bench of chosen) reports.push(await measure(bench))
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
