import { SHORTCUT_LIST, type Shortcut, type ShortcutScope } from '@/browser/shortcuts'

const WHERE: Readonly<Record<ShortcutScope, string>> = { review: '', player: 'while the player is open', anywhere: 'on every page' }

const HEAD = `# Keys

These are the keys of the review screen. \`?\` shows the same list on every page.

Single keys sleep while a text field has the focus; \`Esc\` leaves the field. On a Mac the Command key works as Ctrl. No single key destroys
anything, and everything can be undone with \`Ctrl+Z\`.
`

const FOOT = `
This page is written from the table of keys in \`browser/shortcuts.ts\` by \`node scripts/run-ts.mjs scripts/docs/write-keyboard.ts\`; a test
fails when the two differ.
`

// A bar would end the cell of the table, even between back ticks.
const cell = (text: string) => text.replaceAll('|', '\\|')

function row(shortcut: Shortcut): string {
  const keys = (shortcut.written ?? shortcut.keys).map((key) => `\`${key}\``).join(' ')
  const notes = [shortcut.isHeld ? 'hold' : '', WHERE[shortcut.scope], shortcut.inText ? 'also in text fields' : '']
  return `| ${cell(keys)} | ${cell(shortcut.label)} | ${notes.filter((note) => note !== '').join(', ')} |`
}

/** The whole of docs/keyboard.md. */
export function keyboardText(): string {
  const sections = [...new Set(SHORTCUT_LIST.map((shortcut) => shortcut.section))]
  const tables = sections.map((section) => {
    const rows = SHORTCUT_LIST.filter((shortcut) => shortcut.section === section).map(row)
    return `\n## ${section}\n\n| keys | what happens | |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  return `${HEAD}${tables.join('')}${FOOT}`
}
