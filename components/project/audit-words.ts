import {
  Activity,
  Crosshair,
  FileInput,
  FileOutput,
  type LucideIcon,
  PencilLine,
  ScanSearch,
  Settings,
  SlidersHorizontal,
  Stamp,
  Undo2,
  Upload,
  UserPlus,
  Users,
} from 'lucide-react'
import { STATE_NAMES } from './state-words'

type Facts = Readonly<Record<string, unknown>>

const WORDS: Readonly<Record<string, { icon: LucideIcon; words: (facts: Facts) => string }>> = {
  'sample.decide': { icon: Stamp, words: (facts) => `${decisionWord(facts.decision, facts.to)} a sample` },
  'sample.reopen': { icon: Undo2, words: () => 'reopened a sample' },
  'sample.edit': { icon: PencilLine, words: () => 'edited a sample' },
  'import.start': { icon: FileInput, words: () => 'started an import' },
  'import.done': {
    icon: FileInput,
    words: (facts) =>
      typeof facts.imported === 'number' ? `imported ${facts.imported.toLocaleString('en-US')} samples` : 'finished an import',
  },
  'import.cancel': { icon: FileInput, words: () => 'stopped an import' },
  'export.start': { icon: FileOutput, words: () => 'started an export' },
  'export.done': { icon: FileOutput, words: () => 'finished an export' },
  'upload-file': { icon: Upload, words: () => 'uploaded a file' },
  'demo.create': { icon: FileInput, words: () => 'made the demo project' },
  'demo.complete': { icon: FileInput, words: () => 'finished the demo project' },
  'member.invite': { icon: UserPlus, words: () => 'made an invitation' },
  'member.revoke-invite': { icon: UserPlus, words: () => 'withdrew an invitation' },
  'member.change-role': { icon: Users, words: () => 'changed a role' },
  'member.remove': { icon: Users, words: () => 'removed a member' },
  'run.start': { icon: Activity, words: (facts) => (typeof facts.number === 'number' ? `started run ${facts.number}` : 'started a run') },
  'run.pause': { icon: Activity, words: () => 'paused a run' },
  'run.resume': { icon: Activity, words: () => 'resumed a run' },
  'run.cancel': { icon: Activity, words: (facts) => (facts.videoId === undefined ? 'cancelled a run' : 'cancelled a video of a run') },
  'run.retry': { icon: Activity, words: () => 'tried again what had failed in a run' },
  'run.done': { icon: Activity, words: () => 'finished a run' },
  'run.out-of-budget': { icon: Activity, words: () => 'paused a run, its budget is used up' },
  'pipeline.settings': { icon: SlidersHorizontal, words: () => 'changed the pipeline' },
  'pipeline.test-provider': { icon: SlidersHorizontal, words: () => 'tested a provider' },
  'selector-report.start': { icon: Crosshair, words: () => 'began to measure the selectors' },
  'selector-report.done': {
    icon: Crosshair,
    words: (facts) => (typeof facts.samples === 'number' ? `measured the selectors on ${facts.samples} samples` : 'measured the selectors'),
  },
  'selector-report.cancel': { icon: Crosshair, words: () => 'stopped measuring the selectors' },
  'sample.find-boxes': { icon: ScanSearch, words: () => 'looked for a box' },
  'project.update': { icon: Settings, words: () => 'changed the settings' },
}

function decisionWord(decision: unknown, state: unknown): string {
  if (decision === 'skip') return 'skipped'
  const name = Object.entries(STATE_NAMES).find(([key]) => key === state)?.[1]
  return name === undefined ? 'decided' : name.toLowerCase()
}

/** An audit row as a line of "Lately". Unknown actions keep their own name, so that nothing is hidden. */
export function auditLine(event: { action: string; facts: unknown; actor: string | null }): { icon: LucideIcon; text: string } {
  const known = WORDS[event.action]
  const facts: Facts = typeof event.facts === 'object' && event.facts !== null ? { ...event.facts } : {}
  const first = event.actor?.split(' ')[0] ?? 'Crema'
  return { icon: known?.icon ?? Settings, text: `${first} ${known?.words(facts) ?? event.action}` }
}
