import { describe, expect, it } from 'vitest'
import { chordOf, hintOf, type KeyPress, SHORTCUT_LIST, shortcutOf, shortcutsMarkdown } from './shortcuts'

function press(key: string, extra: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...extra }
}

describe('the table', () => {
  it('binds no chord twice and names every act once', () => {
    const chords = SHORTCUT_LIST.flatMap((shortcut) => shortcut.keys)
    expect(new Set(chords).size).toBe(chords.length)
    const ids = SHORTCUT_LIST.map((shortcut) => shortcut.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('puts nothing destructive on one bare key', () => {
    for (const shortcut of SHORTCUT_LIST.filter(({ id }) => id === 'remove' || id === 'decide')) {
      for (const key of shortcut.keys) expect(key).toMatch(/^(Ctrl|Shift)\+/)
    }
  })

  it('keeps the keys of the design', () => {
    const keys: Record<string, string> = {
      'next-item': 'Tab',
      'previous-item': 'Shift+Tab',
      accept: 'A',
      'accept-step': 'Shift+A',
      edit: 'E',
      redraw: 'R',
      reject: 'X',
      'frame-back': ',',
      'frame-on': '.',
      play: 'Space',
      suggest: 'C',
      loop: '/',
      'span-in': '[',
      'span-out': ']',
      hide: 'H',
      draft: 'D',
      both: 'Shift+D',
      loupe: 'Z',
      decide: 'Ctrl+Enter',
      skip: 'S',
      undo: 'Ctrl+Z',
      redo: 'Ctrl+Shift+Z',
      help: '?',
    }
    for (const [id, key] of Object.entries(keys)) expect(SHORTCUT_LIST.find((shortcut) => shortcut.id === id)?.keys[0]).toBe(key)
  })

  it('writes hints and a page from the same rows', () => {
    expect(hintOf('go-step')).toBe('1–9')
    expect(shortcutsMarkdown()).toContain('| `Ctrl+Enter` | Decide and next |')
    expect(shortcutsMarkdown().match(/^\| `/gm)).toHaveLength(SHORTCUT_LIST.length)
  })
})

describe('a chord', () => {
  it.each([
    [press('a', { code: 'KeyA' }), 'A'],
    [press('A', { code: 'KeyA', shiftKey: true }), 'Shift+A'],
    [press('!', { code: 'Digit1', shiftKey: true }), 'Shift+1'],
    [press('?', { code: 'Slash', shiftKey: true }), '?'],
    [press('/', { code: 'Digit7', shiftKey: true }), 'Shift+7'],
    [press('ф', { code: 'KeyA' }), 'A'],
    [press(' ', { code: 'Space' }), 'Space'],
    [press('z', { code: 'KeyZ', metaKey: true }), 'Ctrl+Z'],
    [press('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    [press('+', { code: 'Equal', shiftKey: true }), '+'],
  ])('%o is %s', (given, chord) => {
    expect(chordOf(given)).toBe(chord)
  })

  it('without an entry is nobody’s', () => {
    expect(shortcutOf(press('q', { code: 'KeyQ' }))).toBeNull()
    expect(shortcutOf(press('a', { code: 'KeyA', ctrlKey: true }))).toBeNull()
  })
})
