'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { TextField } from '@/components/ui/text-field'
import { PRICES_AS_OF, priceOf } from '@/core/pipeline/prices'
import { allRefs } from '@/core/pipeline/settings'
import { CapField } from '../cap-field'
import { dollarsText, parseDollars } from '../dollars'
import { SettingsSection } from './field-row'
import type { SettingsDraft } from './settings-draft'

type PricesPartProps = { draft: SettingsDraft; canEdit: boolean; capText: string; onCapChange: (text: string) => void; spentText: string }

const COLUMNS: readonly TableColumn[] = [
  { key: 'model', label: 'Model' },
  { key: 'input', label: 'Input', className: 'w-36' },
  { key: 'output', label: 'Output', className: 'w-36' },
  { key: 'own', label: 'Own price', isHidden: true, className: 'w-24' },
]

/** Prices of the models in use, and the cap over all runs of the project. */
export function PricesPart({ draft, canEdit, capText, onCapChange, spentText }: PricesPartProps) {
  const { settings, change } = draft
  const keys = [
    ...new Set([...allRefs(settings).map(({ ref }) => `${ref.provider}/${ref.model}`), ...Object.keys(settings.prices)]),
  ].filter((key) => !key.startsWith('embedded/') && !key.startsWith('onnx/') && !key.endsWith('/'))
  return (
    <SettingsSection
      title="Budget and prices"
      note={`List prices of ${PRICES_AS_OF}, in dollars for a million tokens. Your own go before them.`}
    >
      <div className="w-60">
        {canEdit ? (
          <CapField
            label="Hard cap of the project, over all runs"
            value={capText}
            onChange={onCapChange}
            hint={`In dollars. Empty = no cap. ${spentText}`}
          />
        ) : (
          <p className="text-fg-2">
            {capText === '' ? 'No cap.' : `Hard cap $${capText}.`} {spentText}
          </p>
        )}
      </div>
      {keys.length === 0 ? (
        <p className="text-fg-3">Every role is filled by a model that ships with Crema: there is nothing to pay.</p>
      ) : (
        <table className="w-full max-w-3xl table-fixed">
          <TableHead columns={COLUMNS} line="h-7" />
          <tbody>
            {keys.map((key) => (
              <PriceLine
                key={key}
                {...{ name: key, canEdit }}
                price={priceOf(refOf(key), settings.prices)}
                isOwn={Object.hasOwn(settings.prices, key)}
                onChange={(price) => change({ prices: { ...settings.prices, [key]: price } })}
                onForget={() => {
                  const { [key]: _, ...rest } = settings.prices
                  change({ prices: rest })
                }}
              />
            ))}
          </tbody>
        </table>
      )}
    </SettingsSection>
  )
}

function refOf(key: string) {
  const at = key.indexOf('/')
  return { provider: key.slice(0, at), model: key.slice(at + 1) } as Parameters<typeof priceOf>[0]
}

type Price = { inputPerMillion: number; outputPerMillion: number }
type PriceLineProps = {
  name: string
  price: Price | null
  isOwn: boolean
  canEdit: boolean
  onChange: (price: Price) => void
  onForget: () => void
}

function PriceLine({ name, price, isOwn, canEdit, onChange, onForget }: PriceLineProps) {
  const [typed, setTyped] = useState<{ readonly [Key in keyof Price]?: string | undefined }>({})
  const textOf = (key: keyof Price) => typed[key] ?? dollarsText(price?.[key] ?? null)
  const type = (key: keyof Price, text: string) => {
    setTyped({ ...typed, [key]: text })
    const amountOf = (each: keyof Price) => parseDollars(each === key ? text : textOf(each))
    const [inputPerMillion, outputPerMillion] = [amountOf('inputPerMillion'), amountOf('outputPerMillion')]
    // Half a price would let the other half pass for nothing, and the cap with it.
    if (typeof inputPerMillion === 'number' && typeof outputPerMillion === 'number') onChange({ inputPerMillion, outputPerMillion })
  }
  const cell = (key: keyof Price, word: string) => (
    <td className="py-1 pr-3">
      <TextField
        label={`${word} price of ${name}`}
        isLabelHidden
        inputMode="decimal"
        disabled={!canEdit}
        placeholder="not known"
        value={textOf(key)}
        error={parseDollars(textOf(key)) === undefined ? 'Enter an amount.' : null}
        onChange={(event) => type(key, event.currentTarget.value)}
        onBlur={() => price !== null && parseDollars(textOf(key)) !== undefined && setTyped({ ...typed, [key]: undefined })}
      />
    </td>
  )
  return (
    <tr>
      <th scope="row" title={name} className="code-11 truncate pr-3 text-left font-regular">
        {name}
      </th>
      {cell('inputPerMillion', 'Input')}
      {cell('outputPerMillion', 'Output')}
      <td className="text-fg-3">
        {isOwn && canEdit ? (
          <IconButton label={`Forget the price of ${name}`} size="sm" onClick={onForget}>
            <X size={14} strokeWidth={1.5} aria-hidden />
          </IconButton>
        ) : price === null ? (
          <span className="text-warn">not known</span>
        ) : isOwn ? (
          'own'
        ) : (
          'list'
        )}
      </td>
    </tr>
  )
}
