/**
 * The colours a canvas cannot inherit: read from the CSS tokens, read again when the theme changes. No colour is written here.
 */
import type { ColourNumber } from './stage-types'

export type Palette = {
  readonly box: Readonly<Record<ColourNumber, string>>
  readonly ghost: string
  readonly halo: string
  readonly labelInk: string
  readonly labelGround: string
  readonly labelText: string
  readonly hatch: string
  readonly well: string
  readonly accent: string
  readonly font: string
}

const COLOURS: readonly ColourNumber[] = [1, 2, 3, 4, 5, 6, 7, 8]

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const box: Record<ColourNumber, string> = { 1: '', 2: '', 3: '', 4: '', 5: '', 6: '', 7: '', 8: '' }
  for (const number of COLOURS) box[number] = token(`--box-${number}`)
  return {
    box,
    ghost: token('--box-ghost'),
    halo: token('--box-halo'),
    labelInk: token('--box-label-ink'),
    labelGround: token('--box-label-ground'),
    labelText: token('--box-ghost'),
    hatch: token('--hatch'),
    well: token('--bg-well'),
    accent: token('--accent-fg'),
    font: token('--font-ui') || 'sans-serif',
  }
}

/** Calls back when the theme, and with it any token, has changed. Returns how to stop. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  return () => observer.disconnect()
}
