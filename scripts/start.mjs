#!/usr/bin/env node
// `npm start` and, with --dev, `npm run dev`. Only checks here whether the rest can be loaded at all.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isOldNode = major < 20 || (major === 20 && minor < 19)

function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

if (isOldNode) refuse(`Crema needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
if (!existsSync(path.join(ROOT, 'node_modules', 'next'))) refuse('The packages are not installed. Run `npm ci` first.')

const { start } = await import('./start-up.mjs')
await start({ isDev: process.argv.includes('--dev') })
