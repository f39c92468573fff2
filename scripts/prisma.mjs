#!/usr/bin/env node
// Prisma's command line without a download: `node scripts/prisma.mjs migrate dev --name x`.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ROOT } from './paths.mjs'

const require = createRequire(import.meta.url)

/** Prisma's own engine, if some install script was allowed to fetch it. */
function hasNativeEngine() {
  const fromPrisma = createRequire(require.resolve('prisma/package.json'))
  const folder = path.dirname(fromPrisma.resolve('@prisma/engines/package.json'))
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('schema-engine-'))
}

export function prismaEnvironment(base = process.env) {
  return {
    ...base,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    ...(hasNativeEngine() || base.PRISMA_SCHEMA_ENGINE_BINARY
      ? {}
      : { PRISMA_SCHEMA_ENGINE_BINARY: path.join(ROOT, 'scripts', 'schema-engine.mjs') }),
  }
}

/**
 * Runs the CLI; resolves with exit code and everything it printed.
 *
 * @param {string[]} args
 * @param {{databaseUrl?: string, inherit?: boolean}} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
export function runPrisma(args, { databaseUrl, inherit = false } = {}) {
  const environment = prismaEnvironment(databaseUrl === undefined ? process.env : { ...process.env, DATABASE_URL: databaseUrl })
  const cli = path.join(path.dirname(require.resolve('prisma/package.json')), 'build', 'index.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: ROOT,
      env: environment,
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

if (process.argv[1] === import.meta.filename) {
  const { code } = await runPrisma(process.argv.slice(2), { inherit: true })
  process.exit(code)
}
