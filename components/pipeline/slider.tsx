'use client'

type SliderProps = {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange: (value: number) => void
  valueText?: string
}

/** A native range: arrows, page keys and touch come with it. The track is filled up to the thumb. */
export function Slider({ label, value, min, max, step, onChange, valueText }: SliderProps) {
  const filled = `${((value - min) / (max - min)) * 100}%`
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={valueText}
      {...{ min, max, step, value }}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      style={{ backgroundImage: `linear-gradient(to right, var(--accent-fg) ${filled}, var(--n-5) ${filled})` }}
      className="block h-4 w-full appearance-none rounded-full bg-center bg-no-repeat [background-size:100%_4px] [&::-moz-range-thumb]:size-3.5 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-accent-fg [&::-moz-range-thumb]:bg-panel [&::-webkit-slider-thumb]:size-3.5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-accent-fg [&::-webkit-slider-thumb]:border-solid [&::-webkit-slider-thumb]:bg-panel"
    />
  )
}
