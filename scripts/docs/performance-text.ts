import { z } from 'zod'

const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  target: z.string().nullable(),
  isMet: z.boolean().nullable(),
})
const outcomeSchema = z.object({
  machine: z.object({ cpu: z.string(), cores: z.number(), memoryGib: z.number(), node: z.string() }),
  measuredAt: z.string(),
  reports: z.array(z.object({ name: z.string(), figures: z.array(figureSchema), notes: z.array(z.string()) })),
})

/** Benches with a section of their own: they run on other machines, and at other times. */
const APART: readonly string[] = ['webgpu']

type Outcome = z.infer<typeof outcomeSchema>

const cell = (text: string) => text.replaceAll('|', '\\|')

function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4
  return Number(value.toFixed(digits)).toLocaleString('en', { maximumFractionDigits: 4 })
}

function verdict(isMet: boolean | null): string {
  return isMet === null ? '' : isMet ? 'met' : '**missed**'
}

/**
 * docs/performance.md with the figures of a run put between its marks. A section of which the run measured nothing stays as it is.
 *
 * @param output what `npm run bench` printed; its last line is JSON
 */
export function withFigures(document: string, output: string): string {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  const outcome = outcomeSchema.parse(JSON.parse(last))
  const common = outcome.reports.filter(({ name }) => !APART.includes(name))
  const sections = [
    { mark: 'measured', reports: common },
    ...APART.map((own) => ({ mark: `measured ${own}`, reports: outcome.reports.filter(({ name }) => name === own) })),
  ]
  return sections.reduce(
    (text, { mark, reports }) => (reports.length === 0 ? text : withSection(text, mark, { ...outcome, reports })),
    document,
  )
}

function withSection(document: string, mark: string, { machine, measuredAt, reports }: Outcome): string {
  const marked = new RegExp(`(<!-- ${mark}: begin -->\\n)[\\s\\S]*?(<!-- ${mark}: end -->)`)
  if (!marked.test(document)) throw new Error('docs/performance.md has lost its marks.')
  const rows = reports.flatMap(({ name, figures }) =>
    figures.map((figure) =>
      ['', name, cell(figure.name), `${shown(figure.value)} ${cell(figure.unit)}`, cell(figure.target ?? ''), verdict(figure.isMet), '']
        .join(' | ')
        .trim(),
    ),
  )
  const notes = reports.flatMap(({ name, notes: own }) => own.map((note) => `* ${name}: ${note}`))
  const head = `On ${measuredAt.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node.js ${machine.node}.`
  const table = ['| bench | figure | measured | to reach | |', '|---|---|---|---|---|', ...rows]
  const text = [head, '', ...table, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
  return document.replace(marked, (_all, begin: string, end: string) => `${begin}${text}${end}`)
}
