#!/usr/bin/env node
// The `crema` command: loads what plain Node lacks, then cli/main.ts.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

if (!existsSync(path.join(root, 'node_modules', 'tsx'))) {
  process.stderr.write('The packages are not installed. Run `npm ci` first.\n')
  process.exit(2)
}

await import(pathToFileURL(path.join(root, 'scripts', 'polyfill.mjs')).href)
const { prepare } = await import(pathToFileURL(path.join(root, 'scripts', 'prepare.mjs')).href)
await prepare()
process.env.TSX_TSCONFIG_PATH ??= path.join(root, 'tsconfig.json')
const { register } = await import('tsx/esm/api')
register()
const { main } = await import(pathToFileURL(path.join(root, 'cli', 'main.ts')).href)
process.exit(await main(process.argv.slice(2)))
