'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PageHead } from '@/components/project/page-head'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { useToast } from '@/components/ui/toast'
import { projectIdSchema } from '@/core/ids'
import { type PipelineSettings, presetNameSchema } from '@/core/pipeline/settings'
import { savePipelineSettings } from '@/server/actions/save-pipeline-settings'
import { dollarsText, parseDollars } from '../dollars'
import { redoWords } from '../estimate-words'
import { reachServer } from '../reach-server'
import { moneyText } from '../run-words'
import { useEstimate } from '../use-estimate'
import { CoreFramesPart } from './core-frames-part'
import { DedupePart } from './dedupe-part'
import { SettingsSection } from './field-row'
import { JudgesPart, ModelsPart } from './models-part'
import { NumbersPart } from './numbers-part'
import { PricesPart } from './prices-part'
import { PromptsPart } from './prompts-part'
import { SamplingPart } from './sampling-part'
import { useSettingsDraft } from './settings-draft'

type PipelineScreenProps = {
  projectId: string
  kept: PipelineSettings
  canEdit: boolean
  budget: { capMicroUsd: number | null; spentMicroUsd: number }
}

const NOTES = {
  videoespresso: 'The choices and models of the paper. Needs keys and model folders.',
  'local-server': 'One OpenAI-compatible server; everything else ships with Crema.',
  embedded: 'No key, no network. Few drafts, written by templates over what was seen.',
  custom: 'Your own choice.',
} as const

/** How runs of this project work, with what a change would redo before it is kept. */
export function PipelineScreen({ projectId, kept, canEdit, budget }: PipelineScreenProps) {
  const draft = useSettingsDraft(kept)
  const router = useRouter()
  const toast = useToast()
  const [capText, setCapText] = useState(dollarsText(budget.capMicroUsd))
  const [isSaving, setIsSaving] = useState(false)
  const cap = parseDollars(capText)
  const isChanged = draft.isChanged || cap !== budget.capMicroUsd
  const isSound = draft.problems.length === 0 && cap !== undefined
  const { estimate } = useEstimate(projectId, draft.isChanged && isSound ? { settings: draft.settings } : null)
  const save = async () => {
    if (!isChanged || !isSound || isSaving) return
    setIsSaving(true)
    const capPart = cap === budget.capMicroUsd ? {} : { capMicroUsd: cap }
    const input = { projectId: projectIdSchema.parse(projectId), settings: draft.settings, ...capPart }
    const result = await reachServer(() => savePipelineSettings(input))
    setIsSaving(false)
    if (!result.ok) return toast({ tone: 'bad', title: 'Not saved', text: result.error.message })
    toast({ tone: 'ok', title: 'Saved for runs to come' })
    router.refresh()
  }
  const { preset } = draft.settings
  return (
    <>
      <PageHead title="Pipeline" note="How runs to come will work. A run in hand goes on as it began.">
        {isChanged ? (
          <Button
            onClick={() => {
              draft.reset()
              setCapText(dollarsText(budget.capMicroUsd))
            }}
          >
            Discard
          </Button>
        ) : null}
        {canEdit ? (
          <Button variant="primary" aria-disabled={!isChanged || !isSound || isSaving} onClick={() => void save()}>
            {isSaving ? 'Saving…' : 'Save'}
          </Button>
        ) : null}
      </PageHead>
      {isChanged ? (
        <p role="status" className="num flex min-h-9 flex-none items-center border-line border-b bg-app px-5 py-1.5 text-fg-2">
          {!isSound ? (
            <span className="text-bad">{problemWords(draft.problems.length + (cap === undefined ? 1 : 0))}</span>
          ) : draft.isChanged ? (
            estimate === undefined ? (
              'Working out what the next run would redo…'
            ) : (
              `If you save this, the next run ${lower(redoWords(estimate))}`
            )
          ) : (
            'The cap is not saved yet.'
          )}
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section tabIndex={0} aria-label="Settings of the pipeline" className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto p-5">
        <div className="flex max-w-6xl flex-col">
          <SettingsSection title="Preset" note={NOTES[preset]}>
            <Segmented
              label="Preset"
              value={preset}
              onChange={(next) => {
                const name = presetNameSchema.safeParse(next)
                if (name.success && canEdit) draft.takePreset(name.data)
              }}
              choices={[
                { value: 'videoespresso', label: 'VideoEspresso' },
                { value: 'local-server', label: 'Local server' },
                { value: 'embedded', label: 'Embedded' },
                ...(preset === 'custom' ? [{ value: 'custom' as const, label: 'Own settings' }] : []),
              ]}
              className="self-start"
            />
          </SettingsSection>
          <ModelsPart {...{ draft, projectId, canEdit }} />
          <JudgesPart {...{ draft, projectId, canEdit }} />
          <SamplingPart {...{ draft, projectId, canEdit }} />
          <DedupePart {...{ draft, projectId, canEdit }} />
          <CoreFramesPart {...{ draft, canEdit }} />
          <NumbersPart {...{ draft, canEdit }} />
          <PromptsPart {...{ draft, canEdit }} />
          <PricesPart
            {...{ draft, canEdit, capText }}
            onCapChange={setCapText}
            spentText={`Spent so far: ${moneyText(budget.spentMicroUsd)}.`}
          />
        </div>
      </section>
    </>
  )
}

const lower = (words: string) => (words.startsWith('Nothing') ? 'redoes nothing that is done.' : words)

function problemWords(count: number): string {
  return count === 1
    ? 'One setting does not work yet; it says so where it stands.'
    : `${count} settings do not work yet; each says so where it stands.`
}
