import { Check } from 'lucide-react'
import { Kbd } from '@/components/ui/kbd'
import type { DefectCode } from '@/core/records'

type ReasonListProps = {
  readonly codes: readonly DefectCode[]
  readonly titles: Readonly<Record<DefectCode, string>>
  readonly onChoose: (code: DefectCode) => void
  /** Where several may be chosen: which are. */
  readonly chosen?: ReadonlySet<DefectCode>
}

export function ReasonList({ codes, titles, onChoose, chosen }: ReasonListProps) {
  return (
    <ul className="flex flex-col">
      {codes.map((code, place) => (
        <li key={code}>
          <button
            type="button"
            aria-pressed={chosen?.has(code)}
            onClick={() => onChoose(code)}
            className="flex h-7 w-full items-center gap-2 rounded-2 px-2 text-left hover:bg-hover focus-visible:bg-selected"
          >
            <Kbd keys={String(place + 1)} />
            <span className="w-5 flex-none font-medium text-fg-2">{code}</span>
            <span className="min-w-0 flex-1 truncate">{titles[code]}</span>
            {chosen?.has(code) ? <Check size={14} strokeWidth={1.75} aria-hidden /> : null}
          </button>
        </li>
      ))}
    </ul>
  )
}
