'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import type { PipelineSettings, ProviderRef } from '@/core/pipeline/settings'
import { Problem, SettingsSection } from './field-row'
import { ProviderRow } from './provider-row'
import type { SettingsDraft } from './settings-draft'

const ROLES = ['captioner', 'embedder', 'qa-writer', 'cot-writer', 'detector', 'verifier'] as const
const [MIN_JUDGES, MAX_JUDGES] = [2, 5]

const RULES: readonly { value: PipelineSettings['judgeRule']; label: string }[] = [
  { value: 'all', label: 'Keep what all judges keep' },
  { value: 'majority', label: 'Keep what most judges keep' },
  { value: 'any', label: 'Keep what one judge keeps' },
]

type PartProps = { draft: SettingsDraft; projectId: string; canEdit: boolean }

export function ModelsPart({ draft, projectId, canEdit }: PartProps) {
  const { settings, change } = draft
  return (
    <SettingsSection title="Models" note="Who fills each role. Addresses and keys stand in the worker's environment, never here.">
      {ROLES.map((role) => (
        <ProviderRow
          key={role}
          {...{ projectId, role, canEdit }}
          modelRef={settings.roles[role]}
          problems={draft.problemsOf(`roles.${role}`)}
          onChange={(ref) => change({ roles: { ...settings.roles, [role]: ref } })}
        />
      ))}
    </SettingsSection>
  )
}

export function JudgesPart({ draft, projectId, canEdit }: PartProps) {
  const { settings, change } = draft
  const { judges } = settings
  const set = (place: number, ref: ProviderRef) => change({ judges: judges.map((judge, at) => (at === place ? ref : judge)) })
  return (
    <SettingsSection title="Judges" note="At least two, which do not share a model. What they refuse stays visible with the reason.">
      {judges.map((judge, place) => (
        <ProviderRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a judge has no identity but its place
          key={place}
          {...{ projectId, canEdit }}
          {...{ role: 'judge' as const }}
          name={`Judge ${place + 1}`}
          modelRef={judge}
          problems={draft.problemsOf(`judges.${place}`)}
          onChange={(ref) => set(place, ref)}
          tools={
            canEdit && judges.length > MIN_JUDGES ? (
              <IconButton
                label={`Remove judge ${place + 1}`}
                size="sm"
                onClick={() => change({ judges: judges.filter((_, at) => at !== place) })}
              >
                <X size={14} strokeWidth={1.5} aria-hidden />
              </IconButton>
            ) : null
          }
        />
      ))}
      <div className="flex items-center gap-3">
        <Select
          label="When judges disagree"
          value={settings.judgeRule}
          disabled={!canEdit}
          onChange={(judgeRule) => change({ judgeRule })}
          choices={RULES}
          className="w-60"
        />
        {canEdit && judges.length < MAX_JUDGES ? (
          <Button
            variant="ghost"
            onClick={() =>
              change({ judges: [...judges, { provider: 'server:local', model: 'another-model', parameters: { temperature: 0 } }] })
            }
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden />
            Add a judge
          </Button>
        ) : null}
      </div>
      <Problem messages={judges.length < MIN_JUDGES ? ['There have to be two judges.'] : []} />
    </SettingsSection>
  )
}
