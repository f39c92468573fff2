#!/usr/bin/env node
// Finds a Chromium for the tests: CHROMIUM_PATH, then the usual names on PATH. Debian's package is installed where that is
// possible (root, apt-get); no browser is ever downloaded from anywhere else.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Path of a browser, or null. A CHROMIUM_PATH that is no program is an error, not a reason to look elsewhere. */
export function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (isExecutable(given)) return given
    throw new Error(`CHROMIUM_PATH names ${given}, which is not a program.`)
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  for (const name of NAMES) {
    const folder = folders.find((each) => isExecutable(path.join(each, name)))
    if (folder !== undefined) return path.join(folder, name)
  }
  return null
}

function aptGet(...args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

/** A browser, installing Debian's if there is none. Throws with the remedy in words. */
export function ensureBrowser(say = (line) => process.stderr.write(`${line}\n`)) {
  const found = findBrowser()
  if (found !== null) return found
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (canInstall) {
    say('No Chromium found; installing the chromium package of Debian …')
    const isInstalled = aptGet('update', '-qq') && aptGet('install', '-y', '-qq', '--no-install-recommends', 'chromium')
    const installed = findBrowser()
    if (isInstalled && installed !== null) return installed
  }
  throw new Error(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH to its program.',
  )
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.stdout.write(`${ensureBrowser()}\n`)
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
