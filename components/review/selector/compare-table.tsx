'use client'

import clsx from 'clsx'
import type { SelectorAnswer } from '@/browser/selector/selector-types'
import { choiceOf, methodsOf, type SuggestionSettings } from '@/browser/selector/suggestion'
import { METHOD_NAMES } from '@/core/selection/method-names'
import type { SelectionMethod } from '@/core/selection/selection-options'

type CompareProps = {
  readonly settings: SuggestionSettings
  readonly answer: SelectorAnswer | null
  readonly onCompare: (method: SelectionMethod | null) => void
}

/** The frames of a few methods side by side. Those of one of them are drawn beside the proposal, dashed. */
export function CompareTable({ settings, answer, onCompare }: CompareProps) {
  return (
    <section aria-label="Compare methods">
      <h3 className="flex h-6 items-center font-semibold text-11 text-fg-2">Compare</h3>
      <ul>
        {methodsOf(settings).map((method) => {
          const frames = choiceOf(answer, method)?.chosen.map(({ index }) => index) ?? []
          const isProposal = method === settings.method
          const isShown = method === settings.compared && !isProposal
          return (
            <li key={method}>
              <button
                type="button"
                aria-pressed={isProposal ? undefined : isShown}
                aria-disabled={isProposal ? true : undefined}
                title={METHOD_NAMES[method].about}
                onClick={() => !isProposal && onCompare(isShown ? null : method)}
                className={clsx(
                  'flex min-h-5 w-full items-start gap-1 rounded-1 text-left',
                  isProposal ? 'font-semibold' : 'text-fg-2 hover:bg-hover',
                  isShown && 'bg-selected',
                )}
              >
                <span className="flex w-19 flex-none items-center gap-1 leading-5">
                  {METHOD_NAMES[method].name}
                  {isShown ? <i className="size-2 rotate-45 rounded-[2px] border border-o-5 border-dashed" aria-hidden /> : null}
                </span>
                <span className={clsx('code-11 min-w-0 flex-1 leading-5', isProposal ? 'font-medium' : 'text-fg-3')}>
                  {frames.length === 0 ? '–' : frames.join(' ')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
