#!/usr/bin/env node
// Runs a TypeScript entry in this very process, so that signals and exit codes need no forwarding:
//   node scripts/run-ts.mjs worker/main.ts [arguments]
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import './polyfill.mjs'
import { ROOT } from './paths.mjs'

// tsx reads path aliases from the tsconfig of the working folder; ours has to be found from any folder.
process.env.TSX_TSCONFIG_PATH ??= path.join(ROOT, 'tsconfig.json')
const { register } = await import('tsx/esm/api')
register()

const [entry, ...rest] = process.argv.slice(2)
if (entry === undefined) {
  process.stderr.write('Usage: node scripts/run-ts.mjs FILE.ts [arguments]\n')
  process.exit(2)
}
const file = path.resolve(ROOT, entry)
process.argv.splice(1, process.argv.length - 1, file, ...rest)
await import(pathToFileURL(file).href)
