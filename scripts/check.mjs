#!/usr/bin/env node
// `npm run check`: every check that looks at the code without running it. Prints a table; exit 1 if any failed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { checkCoreDocs } from './check-docs.mjs'
import { checkCoreTests, checkFetch, checkFileSizes, checkServerActions } from './check-files.mjs'
import { findMissingFromLock } from './complete-lock.mjs'
import { ROOT } from './paths.mjs'
import { prepare } from './prepare.mjs'

const SIDE_BY_SIDE = 2
const ROOMS = ['app', 'bench', 'browser', 'cli', 'components', 'core', 'e2e', 'scripts', 'server', 'worker', 'proxy.ts']
const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name)

/** Runs a tool; its problems are what it printed. */
function tool(program, args) {
  return new Promise((resolve) => {
    const environment = { ...process.env, NO_COLOR: '1' }
    const child = spawn(program, args, { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve([error.message]))
    child.on('close', (code) => resolve(code === 0 ? [] : [output.trim() || `it ended with code ${code}`]))
  })
}

const rooms = () => ROOMS.filter((room) => existsSync(path.join(ROOT, room)))

function checkLock() {
  const missing = findMissingFromLock()
  return missing.length === 0 ? [] : [`package-lock.json lacks ${missing.join(', ')}. Run \`node scripts/complete-lock.mjs\`.`]
}

const CHECKS = [
  { name: 'types (tsc)', run: () => tool(bin('tsc'), ['--noEmit', '-p', '.']) },
  {
    name: 'format and lint (biome)',
    run: () => tool(bin('biome'), ['ci', '--colors=off', '--diagnostic-level=warn', '--max-diagnostics=50', '.']),
  },
  {
    name: 'rooms (dependency-cruiser)',
    run: () => tool(bin('depcruise'), [...rooms(), '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long']),
  },
  { name: 'unused code and packages (knip)', run: () => tool(bin('knip'), ['--no-progress']) },
  { name: "'use server' in server/actions only", run: checkServerActions },
  { name: 'fetch through its doors only', run: checkFetch },
  { name: 'lock file is complete', run: checkLock },
  { name: 'file sizes', run: checkFileSizes },
  { name: 'core: exports are documented', run: checkCoreDocs },
  { name: 'core: 1.3 lines of test a line of source', run: checkCoreTests },
]

async function runOne(check) {
  const begin = performance.now()
  let problems
  try {
    problems = await check.run()
  } catch (error) {
    problems = [error.stack ?? String(error)]
  }
  return { name: check.name, problems, seconds: (performance.now() - begin) / 1000 }
}

function printTable(results) {
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const { name, problems, seconds } of results) {
    process.stdout.write(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s\n`)
  }
  for (const { name, problems } of results) {
    if (problems.length > 0) process.stdout.write(`\n--- ${name}\n${problems.join('\n')}\n`)
  }
}

/** Runs all checks, two at a time; returns how many passed and failed. */
export async function check() {
  await prepare()
  const waiting = CHECKS.map((each, i) => ({ each, i }))
  const results = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next.i] = await runOne(next.each)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  printTable(results)
  const failed = results.filter(({ problems }) => problems.length > 0).length
  return { passed: results.length - failed, failed }
}

if (process.argv[1] === import.meta.filename) {
  const { failed } = await check()
  process.exit(failed === 0 ? 0 : 1)
}
