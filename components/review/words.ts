/** Small texts of the review screen: numbers, times, places. */
import { recordsOf } from '@/core/document'
import type { Rational } from '@/core/frame-table'
import type { Provenance } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { TASKS, taskIdOf, taskOfId } from '@/core/tasks'
import { formatTimecode, ptsToSeconds } from '@/core/time'

/** `F2`: the place of a core frame in the strip. */
export function frameLabel(doc: SampleDocument, frameId: string): string {
  const place = recordsOf(doc, 'coreFrame').findIndex((frame) => frame.id === frameId)
  return place < 0 ? 'F?' : `F${place + 1}`
}

export function taskName(word: string | null): string {
  if (word === null) return 'No task'
  const id = taskIdOf(word)
  return (id === null ? null : taskOfId(id))?.paperName ?? word
}

export const TASK_CHOICES = TASKS.map(({ id, paperName, group }) => ({ value: id, label: paperName, note: group }))

/** Seconds of a pts, as `7.140`. */
export function secondsText(pts: number | null, timeBase: Rational | null): string {
  return pts === null || timeBase === null ? '–' : ptsToSeconds(pts, timeBase).toFixed(3)
}

/** `0:08.4–0:10.5` */
export function spanText(span: { startPts: number; endPts: number }, timeBase: Rational | null): string {
  if (timeBase === null) return `pts ${span.startPts}–${span.endPts}`
  const short = (pts: number) => formatTimecode(ptsToSeconds(pts, timeBase)).slice(0, -2)
  return `${short(span.startPts)}–${short(span.endPts)}`
}

const KINDS: Readonly<Record<Provenance['kind'], string>> = {
  import: 'Imported',
  model: 'Model',
  template: 'Template draft',
  person: 'A person',
}

/** Who wrote a record, the words of "Written by". What a template wrote says so (invariant 9). */
export function writerText(provenance: Provenance | undefined): { who: string; what: string | null } {
  if (provenance === undefined) return { who: 'Imported', what: null }
  const model = [provenance.model, provenance.version].filter((word) => word !== null).join(' ')
  const who = provenance.kind === 'model' ? (provenance.provider ?? KINDS.model) : KINDS[provenance.kind]
  return { who, what: model !== '' ? model : (provenance.note ?? (provenance.kind === 'model' ? null : provenance.provider)) }
}

/** What the pipeline noted of a record: its stage, scores with their names, when. Nothing of it for imported records. */
export function originText(provenance: Provenance | undefined): { stage: string | null; facts: string[]; at: string | null } {
  const { stage, ...rest } = provenance?.parameters ?? {}
  if (typeof stage !== 'string') return { stage: null, facts: [], at: null }
  const facts = SCORES.flatMap((name) => {
    const value = rest[name]
    return typeof value === 'number' ? [`${name} ${value.toFixed(2)}`] : []
  })
  return { stage, facts, at: provenance?.at?.replace('T', ' ').slice(0, 16) ?? null }
}

const SCORES = ['score', 'margin', 'agreement', 'rank'] as const

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
