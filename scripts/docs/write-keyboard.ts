import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../paths.mjs'
import { keyboardText } from './keyboard-text'

writeFileSync(path.join(ROOT, 'docs', 'keyboard.md'), keyboardText())
