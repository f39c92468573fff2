/**
 * The one table of keys (Review preset, design §5). It binds the keys, writes the hints on buttons, the `?` sheet, the keyboard
 * page and docs/keyboard.md. No destructive act stands on one bare key.
 */

export type ShortcutSection = 'Move' | 'Judge' | 'Boxes' | 'See' | 'Frames and video' | 'Everywhere'
/** `review` = on the review screen; `player` = while the player is open there; `anywhere` = on every page. */
export type ShortcutScope = 'anywhere' | 'review' | 'player'

export type Shortcut = {
  readonly id: string
  /** Each is a chord such as `Shift+A`. Letters stand for the letter key whatever the layout writes; signs for the sign. */
  readonly keys: readonly string[]
  /** How the keys are written where the list would be long (`1–9`). */
  readonly written?: readonly string[]
  readonly label: string
  readonly section: ShortcutSection
  readonly scope: ShortcutScope
  /** Works while it is held. */
  readonly isHeld?: boolean
  /** Works in text fields too. */
  readonly inText?: boolean
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

const SHORTCUTS = [
  { id: 'next-item', keys: ['Tab'], label: 'Next item', section: 'Move', scope: 'review' },
  { id: 'previous-item', keys: ['Shift+Tab'], label: 'Previous item', section: 'Move', scope: 'review' },
  { id: 'go-step', keys: digits, written: ['1–9'], label: 'Evidence step', section: 'Move', scope: 'review' },
  {
    id: 'go-frame',
    keys: digits.map((digit) => `Shift+${digit}`),
    written: ['Shift+1–9'],
    label: 'Core frame',
    section: 'Move',
    scope: 'review',
  },
  { id: 'next-sample', keys: ['PageDown'], label: 'Next sample', section: 'Move', scope: 'review' },
  { id: 'previous-sample', keys: ['PageUp'], label: 'Previous sample', section: 'Move', scope: 'review' },
  { id: 'next-region', keys: ['F6'], label: 'Next part of the screen', section: 'Move', scope: 'review', inText: true },
  { id: 'accept', keys: ['A'], label: 'Accept', section: 'Judge', scope: 'review' },
  { id: 'accept-step', keys: ['Shift+A'], label: 'Accept step with its boxes', section: 'Judge', scope: 'review' },
  { id: 'edit', keys: ['E'], label: 'Edit the text', section: 'Judge', scope: 'review' },
  { id: 'reject', keys: ['X'], label: 'Reject with a reason', section: 'Judge', scope: 'review' },
  { id: 'decide', keys: ['Ctrl+Enter'], label: 'Decide and next', section: 'Judge', scope: 'review', inText: true },
  { id: 'skip', keys: ['S'], label: 'Skip for now', section: 'Judge', scope: 'review' },
  { id: 'undo', keys: ['Ctrl+Z'], label: 'Undo', section: 'Judge', scope: 'review' },
  { id: 'redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], written: ['Ctrl+Shift+Z'], label: 'Redo', section: 'Judge', scope: 'review' },
  { id: 'redraw', keys: ['R'], label: 'Redraw the box: four extreme clicks or a drag', section: 'Boxes', scope: 'review' },
  { id: 'draw', keys: ['B'], label: 'Draw a new box', section: 'Boxes', scope: 'review' },
  {
    id: 'nudge',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
    written: ['← → ↑ ↓', 'Shift+← →'],
    label: 'Nudge 1 px, 10 px',
    section: 'Boxes',
    scope: 'review',
  },
  {
    id: 'resize',
    keys: ['Ctrl+ArrowLeft', 'Ctrl+ArrowRight', 'Ctrl+ArrowUp', 'Ctrl+ArrowDown'],
    written: ['Ctrl+← →'],
    label: 'Resize 1 px',
    section: 'Boxes',
    scope: 'review',
  },
  { id: 'copy-box', keys: ['Shift+C'], label: 'Copy the box to the next core frame', section: 'Boxes', scope: 'review' },
  {
    id: 'remove',
    keys: ['Shift+Delete', 'Shift+Backspace'],
    written: ['Shift+Delete'],
    label: 'Remove the box, step or frame',
    section: 'Boxes',
    scope: 'review',
  },
  { id: 'hide', keys: ['H'], label: 'Hide boxes', section: 'Boxes', scope: 'review' },
  { id: 'draft', keys: ['D'], label: 'Draft only', section: 'See', scope: 'review', isHeld: true },
  { id: 'both', keys: ['Shift+D'], label: 'Draft and now together', section: 'See', scope: 'review' },
  { id: 'loupe', keys: ['Z'], label: 'Loupe', section: 'See', scope: 'review', isHeld: true },
  { id: 'test', keys: ['T'], label: 'Test: evidence and question alone', section: 'See', scope: 'review' },
  { id: 'fit', keys: ['0'], label: 'Fit the picture', section: 'See', scope: 'review' },
  { id: 'zoom-in', keys: ['+', '='], written: ['+'], label: 'Zoom in', section: 'See', scope: 'review' },
  { id: 'zoom-out', keys: ['-'], label: 'Zoom out', section: 'See', scope: 'review' },
  { id: 'frame-back', keys: [','], label: 'One frame back', section: 'Frames and video', scope: 'review' },
  { id: 'frame-on', keys: ['.'], label: 'One frame on', section: 'Frames and video', scope: 'review' },
  {
    id: 'use-frame',
    keys: ['Enter'],
    label: 'Use the frame shown, or adopt all suggested ones',
    section: 'Frames and video',
    scope: 'review',
  },
  { id: 'suggest', keys: ['C'], label: 'Suggest core frames', section: 'Frames and video', scope: 'review' },
  { id: 'play', keys: ['Space'], label: 'Open the player, play, pause', section: 'Frames and video', scope: 'review' },
  { id: 'shuttle', keys: ['J', 'K', 'L'], label: 'Backwards, pause, forwards', section: 'Frames and video', scope: 'player' },
  { id: 'loop', keys: ['/'], label: 'Loop the span of the step', section: 'Frames and video', scope: 'review' },
  { id: 'span-in', keys: ['['], label: 'Span of the step starts here', section: 'Frames and video', scope: 'review' },
  { id: 'span-out', keys: [']'], label: 'Span of the step ends here', section: 'Frames and video', scope: 'review' },
  {
    id: 'leave',
    keys: ['Escape'],
    written: ['Esc'],
    label: 'Leave a field, a tool or a dialog',
    section: 'Everywhere',
    scope: 'review',
    inText: true,
  },
  { id: 'help', keys: ['?'], label: 'This sheet', section: 'Everywhere', scope: 'anywhere' },
] as const satisfies readonly Shortcut[]

export type ShortcutId = (typeof SHORTCUTS)[number]['id']

export const SHORTCUT_LIST: readonly Shortcut[] = SHORTCUTS

/** The chord as it stands on buttons, such as `Shift+A`. */
export function hintOf(id: ShortcutId): string {
  const entry = SHORTCUT_LIST.find((shortcut) => shortcut.id === id)
  return entry?.written?.[0] ?? entry?.keys[0] ?? ''
}

/** The parts of a keyboard event that decide; lets tests do without a browser. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/**
 * The chord of a key press. Letters and digits go by the physical key when Shift would change what is written; signs go by
 * what is written, so `?` and `/` are found on every layout. Command counts as Ctrl.
 */
export function chordOf(press: KeyPress): string {
  const key = nameOf(press)
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key)
  const parts = [press.ctrlKey || press.metaKey ? 'Ctrl' : '', press.altKey ? 'Alt' : '', press.shiftKey && !isSign ? 'Shift' : '', key]
  return parts.filter((part) => part !== '').join('+')
}

function nameOf({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space'
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  // A layout without Latin letters still has the keys.
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter !== undefined && key.length === 1 && key > '\u007f' ? letter : key
}

const BY_CHORD: ReadonlyMap<string, Shortcut> = new Map(
  SHORTCUT_LIST.flatMap((shortcut) => shortcut.keys.map((key) => [key, shortcut] as const)),
)

export function shortcutOf(press: KeyPress): Shortcut | null {
  return BY_CHORD.get(chordOf(press)) ?? null
}

/** What a handler is told: the chord that was pressed, and for held keys whether it goes down or up. */
export type ShortcutPress = { readonly chord: string; readonly isDown: boolean; readonly isRepeat: boolean }
/** False = not taken: the browser does what it would do. */
export type ShortcutHandlers = Partial<Record<ShortcutId, (press: ShortcutPress) => unknown>>

const TEXT =
  'input:not([type=checkbox],[type=radio],[type=button],[type=range]), textarea, select, [contenteditable=""], [contenteditable=true]'
const CONTROL = 'button, a[href], summary, [role=option], [role=radio]'
const POPUP = '[role=dialog], [role=menu], [role=listbox], [role=alertdialog]'

/**
 * The element that the pointer gave the focus to. `:focus-visible` cannot tell: browsers set it on a clicked button too, as
 * soon as any key goes down.
 */
let clicked: EventTarget | null = null
let isPointerLast = false

function watchFocus(): () => void {
  const onPointer = (event: Event) => {
    isPointerLast = true
    clicked = event.target instanceof Element ? event.target.closest(CONTROL) : null
  }
  const onKey = () => {
    isPointerLast = false
  }
  const onFocus = (event: Event) => {
    clicked = isPointerLast ? event.target : null
  }
  window.addEventListener('pointerdown', onPointer, true)
  window.addEventListener('keydown', onKey, true)
  window.addEventListener('focusin', onFocus, true)
  return () => {
    window.removeEventListener('pointerdown', onPointer, true)
    window.removeEventListener('keydown', onKey, true)
    window.removeEventListener('focusin', onFocus, true)
  }
}

/** Whether the key belongs to where the focus is, and not to us. */
export function belongsToFocus(target: EventTarget | null, shortcut: Shortcut): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest(POPUP) !== null) return true
  if (target.closest(TEXT) !== null) return shortcut.inText !== true
  // Reached with the keyboard, a control keeps the keys that work it, and Tab goes on as everywhere.
  const isReached = target.closest(CONTROL) !== null && target !== clicked && target.matches(':focus-visible')
  return isReached && ['Enter', 'Space', 'Tab', 'Shift+Tab'].some((key) => shortcut.keys.includes(key))
}

/** Binds the handlers to the window; returns the way back. Keys without a handler stay with the browser. */
export function bindShortcuts(handlers: ShortcutHandlers): () => void {
  const held = new Map<string, string>()
  const onDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const shortcut = shortcutOf(event)
    const handler = shortcut === null ? undefined : handlers[shortcut.id as ShortcutId]
    if (shortcut === null || handler === undefined || belongsToFocus(event.target, shortcut)) return
    if (shortcut.isHeld === true) {
      event.preventDefault()
      if (!held.has(event.code)) handler({ chord: chordOf(event), isDown: true, isRepeat: false })
      held.set(event.code, shortcut.id)
      return
    }
    if (handler({ chord: chordOf(event), isDown: true, isRepeat: event.repeat }) !== false) event.preventDefault()
  }
  const release = (code: string) => {
    const id = held.get(code)
    held.delete(code)
    if (id !== undefined) handlers[id as ShortcutId]?.({ chord: '', isDown: false, isRepeat: false })
  }
  const onUp = (event: KeyboardEvent) => release(event.code)
  // A key let go in another window is never reported here.
  const onBlur = () => {
    for (const code of [...held.keys()]) release(code)
  }
  const unwatch = watchFocus()
  window.addEventListener('keydown', onDown)
  window.addEventListener('keyup', onUp)
  window.addEventListener('blur', onBlur)
  return () => {
    unwatch()
    window.removeEventListener('keydown', onDown)
    window.removeEventListener('keyup', onUp)
    window.removeEventListener('blur', onBlur)
    onBlur()
  }
}

export const SECTIONS: readonly ShortcutSection[] = ['Move', 'Judge', 'Boxes', 'See', 'Frames and video', 'Everywhere']

/** The table as Markdown, for docs/keyboard.md. */
export function shortcutsMarkdown(): string {
  const part = (section: ShortcutSection) => {
    const rows = SHORTCUT_LIST.filter((shortcut) => shortcut.section === section).map(({ label, keys, written, isHeld }) => {
      const names = (written ?? keys).map((key) => `\`${key}\``).join(' ')
      return `| ${names} | ${label}${isHeld === true ? ' (hold)' : ''} |`
    })
    return [`## ${section}`, '', '| keys | act |', '|---|---|', ...rows].join('\n')
  }
  return SECTIONS.map(part).join('\n\n')
}
