'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { TextDiff } from '@/components/review/chain/text-diff'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { Tag } from '@/components/ui/tag'
import { TextArea } from '@/components/ui/text-field'
import { isPromptId, PROMPTS, type PromptId } from '@/core/pipeline/prompts/prompt-table'
import { Problem, SettingsSection } from './field-row'
import type { SettingsDraft } from './settings-draft'

const IDS = Object.keys(PROMPTS).filter(isPromptId)

/** The prompts: the project's own text beside the default, with what differs. */
export function PromptsPart({ draft, canEdit }: { draft: SettingsDraft; canEdit: boolean }) {
  const [id, setId] = useState<PromptId>('caption')
  const { prompts } = draft.settings
  return (
    <SettingsSection
      title="Prompts"
      note="A project may have its own text. What captions and videos say is fenced off as data in any case."
    >
      <div className="grid grid-cols-[168px_minmax(0,1fr)] overflow-hidden rounded-3 border border-line bg-panel">
        <ul aria-label="Prompts" className="border-line border-r py-1">
          {IDS.map((each) => (
            <li key={each}>
              <button
                type="button"
                aria-current={each === id ? 'true' : undefined}
                onClick={() => setId(each)}
                className={clsx(
                  '-outline-offset-2 flex h-(--h-row) w-full items-center gap-2 px-3 text-left font-medium',
                  each === id ? 'bg-selected text-fg' : 'text-fg-2 hover:bg-hover',
                )}
              >
                <span className="flex-1 truncate">{each}</span>
                {Object.hasOwn(prompts, each) ? <span className="font-regular text-11 text-accent-fg">own</span> : null}
              </button>
            </li>
          ))}
        </ul>
        <PromptEditor key={id} {...{ id, draft, canEdit }} />
      </div>
    </SettingsSection>
  )
}

function PromptEditor({ id, draft, canEdit }: { id: PromptId; draft: SettingsDraft; canEdit: boolean }) {
  const [view, setView] = useState<'text' | 'diff' | 'system'>('text')
  const { prompts } = draft.settings
  const prompt = PROMPTS[id]
  const own = Object.hasOwn(prompts, id) ? prompts[id] : undefined
  const text = own ?? prompt.user
  const set = (next: string) => {
    const { [id]: _, ...rest } = prompts
    draft.change({ prompts: next === prompt.user ? rest : { ...rest, [id]: next } })
  }
  return (
    <div className="flex min-w-0 flex-col gap-3 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="What to show of the prompt"
          value={view}
          onChange={setView}
          choices={[
            { value: 'text', label: 'Text' },
            { value: 'diff', label: 'Difference' },
            { value: 'system', label: 'Frame' },
          ]}
        />
        <span className="num text-fg-3">default version {prompt.version}</span>
        <span className="flex-1" />
        {own === undefined || !canEdit ? null : (
          <Button size="sm" variant="ghost" onClick={() => set(prompt.user)}>
            Back to the default
          </Button>
        )}
      </div>
      {view === 'text' ? (
        <TextArea
          label={`Prompt ${id}`}
          isLabelHidden
          value={text}
          readOnly={!canEdit}
          className="code-11 max-h-96 min-h-48"
          onChange={(event) => set(event.currentTarget.value.slice(0, 20_000))}
        />
      ) : (
        <div className="code-11 max-h-96 min-h-48 overflow-y-auto whitespace-pre-wrap rounded-2 bg-well p-2 text-fg-2 [overflow-wrap:anywhere]">
          {view === 'system' ? (
            prompt.system
          ) : own === undefined ? (
            'The project uses the default.'
          ) : (
            <TextDiff before={prompt.user} after={own} />
          )}
        </div>
      )}
      <p className="flex flex-wrap items-center gap-1 text-fg-3">
        Has to hold
        {Object.keys(prompt.slots).map((slot) => (
          <Tag key={slot} className="code-11">{`{{${slot}}}`}</Tag>
        ))}
      </p>
      <Problem messages={draft.problemsOf(`prompts.${id}`)} />
    </div>
  )
}
