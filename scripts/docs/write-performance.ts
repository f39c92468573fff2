import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../paths.mjs'
import { withFigures } from './performance-text'

const [output] = process.argv.slice(2)
if (output === undefined) {
  process.stderr.write('Usage: node scripts/run-ts.mjs scripts/docs/write-performance.ts OUTPUT-OF-BENCH\n')
  process.exit(2)
}
const file = path.join(ROOT, 'docs', 'performance.md')
writeFileSync(file, withFigures(readFileSync(file, 'utf8'), readFileSync(output, 'utf8')))
