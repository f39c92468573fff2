'use client'

import clsx from 'clsx'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useId } from 'react'

type SliderProps = {
  label: string
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  /** As it stands behind the bar; the value itself when left out. */
  text?: ReactNode
  disabled?: boolean
  title?: string | undefined
}

const TRACK =
  'h-4 min-w-0 flex-1 cursor-default appearance-none bg-transparent [&::-moz-range-track]:h-1 [&::-moz-range-track]:rounded-1 [&::-moz-range-track]:bg-(image:--fill) [&::-webkit-slider-runnable-track]:h-1 [&::-webkit-slider-runnable-track]:rounded-1 [&::-webkit-slider-runnable-track]:bg-(image:--fill)'
const THUMB =
  '[&::-moz-range-thumb]:box-border [&::-moz-range-thumb]:size-3 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-accent-fg [&::-moz-range-thumb]:bg-panel [&::-webkit-slider-thumb]:-mt-1 [&::-webkit-slider-thumb]:box-border [&::-webkit-slider-thumb]:size-3 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-accent-fg [&::-webkit-slider-thumb]:bg-panel'
const NO_THUMB = '[&::-moz-range-thumb]:opacity-0 [&::-webkit-slider-thumb]:opacity-0'
/** They move the thumb, and nothing else on the page. */
const OWN_KEYS: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])

/** A value in one line: name, bar, number. Without a thumb while it is off. */
export function Slider({ label, value, onChange, min = 0, max = 1, step = 0.1, text, disabled = false, title }: SliderProps) {
  const id = useId()
  const share = disabled ? 0 : ((value - min) / (max - min)) * 100
  const fill = { '--fill': `linear-gradient(to right, var(--accent-fg) ${share}%, var(--bg-track) ${share}%)` } as CSSProperties
  return (
    <div className="flex h-6 items-center gap-2" title={title}>
      <label htmlFor={id} className={clsx('w-13 flex-none truncate', disabled ? 'text-fg-3' : 'text-fg-2')}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        style={fill}
        className={clsx(TRACK, THUMB, disabled && NO_THUMB)}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        onKeyDown={(event: KeyboardEvent) => {
          if (OWN_KEYS.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
        }}
      />
      <output htmlFor={id} className={clsx('num w-8 flex-none text-right', disabled && 'text-fg-3')}>
        {text ?? value.toFixed(1)}
      </output>
    </div>
  )
}
