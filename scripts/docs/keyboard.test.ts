import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keyboardText } from './keyboard-text'

test('docs/keyboard.md says what browser/shortcuts.ts does (node scripts/run-ts.mjs scripts/docs/write-keyboard.ts)', () => {
  const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'keyboard.md')
  expect(readFileSync(file, 'utf8')).toBe(keyboardText())
})
