'use client'

import type { ReactNode } from 'react'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { EMBEDDED_MODELS } from '@/core/pipeline/check-settings'
import type { ProviderRef } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'
import { ROLE_NAMES } from '../run-words'
import { Problem } from './field-row'
import { ParameterField } from './parameter-field'
import { ProviderTest } from './provider-test'
import { choicesOf, kindOf, serverNameOf, serverProvider, withKind } from './provider-words'

type ProviderRowProps = {
  projectId: string
  role: ModelRole
  name?: string
  modelRef: ProviderRef
  problems: readonly string[]
  canEdit: boolean
  onChange: (ref: ProviderRef) => void
  tools?: ReactNode
}

/** Who fills a role: provider, model, what the model is told besides; and a tiny real call to see whether it works. */
export function ProviderRow({
  projectId,
  role,
  name = ROLE_NAMES[role].name,
  modelRef,
  problems,
  canEdit,
  onChange,
  tools,
}: ProviderRowProps) {
  const kind = kindOf(modelRef.provider)
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-3 border border-line bg-panel p-3">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-baseline gap-2">
        <span aria-hidden className="font-semibold">
          {name}
        </span>
        <span className="truncate text-fg-3">{ROLE_NAMES[role].does}</span>
        <span className="flex-1" />
        {tools}
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <Select
          label={`Provider of ${name}`}
          value={kind}
          disabled={!canEdit}
          onChange={(next) => onChange(withKind(role, modelRef, next))}
          choices={choicesOf(role)}
          className="w-40"
        />
        {kind === 'server' ? (
          <div className="w-32">
            <TextField
              label={`Server of ${name}`}
              isLabelHidden
              placeholder="name of the server"
              value={serverNameOf(modelRef.provider)}
              disabled={!canEdit}
              onChange={(event) => {
                const provider = serverProvider(event.currentTarget.value)
                if (provider !== null) onChange({ ...modelRef, provider })
              }}
            />
          </div>
        ) : null}
        {kind === 'embedded' ? (
          <Select
            label={`Model of ${name}`}
            value={modelRef.model}
            disabled={!canEdit}
            onChange={(model) => onChange({ ...modelRef, model })}
            choices={EMBEDDED_MODELS[role].map((model) => ({ value: model, label: model }))}
            className="w-56"
          />
        ) : (
          <div className="w-56">
            <TextField
              label={`Model of ${name}`}
              isLabelHidden
              placeholder={kind === 'onnx' ? 'folder, such as BAAI/bge-m3' : 'name of the model'}
              value={modelRef.model}
              disabled={!canEdit}
              error={modelRef.model === '' ? 'Name a model.' : null}
              onChange={(event) => onChange({ ...modelRef, model: event.currentTarget.value.slice(0, 200) })}
            />
          </div>
        )}
        {kind === 'embedded' || kind === 'onnx' ? null : (
          <ParameterField
            name={name}
            value={modelRef.parameters}
            canEdit={canEdit}
            onChange={(parameters) => onChange({ ...modelRef, parameters })}
          />
        )}
        {canEdit ? <ProviderTest {...{ projectId, role, modelRef, name }} /> : null}
      </div>
      <Problem messages={problems} />
    </fieldset>
  )
}
