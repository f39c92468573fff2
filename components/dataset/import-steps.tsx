import { Check, ChevronRight } from 'lucide-react'

const STEPS = [
  { id: 'files', label: 'Files' },
  { id: 'preview', label: 'Preview' },
  { id: 'import', label: 'Import' },
] as const

export function ImportSteps({ current, isDone }: { current: (typeof STEPS)[number]['id']; isDone: boolean }) {
  const at = isDone ? STEPS.length : STEPS.findIndex((step) => step.id === current)
  return (
    <ol className="ml-2 flex items-center gap-1 text-fg-3">
      {STEPS.map((step, position) => (
        <li
          key={step.id}
          aria-current={position === at ? 'step' : undefined}
          className={`flex items-center gap-1 ${position === at ? 'font-medium text-fg' : ''}`}
        >
          {position > 0 ? <ChevronRight size={12} strokeWidth={1.5} aria-hidden /> : null}
          <span
            className={`inline-flex size-4 items-center justify-center rounded-full text-10 ${position === at ? 'bg-accent text-accent-ink' : 'border border-line-control'}`}
          >
            {position < at ? <Check size={10} strokeWidth={2} aria-label="done" /> : position + 1}
          </span>
          {step.label}
        </li>
      ))}
    </ol>
  )
}
