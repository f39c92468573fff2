import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { ensureBrowser } from './scripts/find-browser.mjs'
import { TEST_MODELS } from './scripts/paths.mjs'

/** Playwright loads this file in every process; port and folder are chosen once and handed down in the environment. */
function chooseOnce(): { port: string; dataDir: string; modelPort: string } {
  const { CREMA_E2E_PORT: port, CREMA_E2E_DATA: dataDir, CREMA_E2E_MODEL_PORT: modelPort } = process.env
  if (port !== undefined && dataDir !== undefined && modelPort !== undefined) return { port, dataDir, modelPort }
  const chosen = freePort()
  const chosenForModels = freePort()
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-e2e-'))
  // As root, PostgreSQL runs as another user and has to get through.
  chmodSync(folder, 0o711)
  // The embedded models as all tests have them.
  mkdirSync(path.join(folder, 'models'))
  symlinkSync(TEST_MODELS, path.join(folder, 'models', 'embedded'))
  Object.assign(process.env, { CREMA_E2E_PORT: chosen, CREMA_E2E_DATA: folder, CREMA_E2E_MODEL_PORT: chosenForModels })
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { port: chosen, dataDir: folder, modelPort: chosenForModels }
}

function freePort(): string {
  return spawnSync(process.execPath, ['scripts/free-port.mjs'], { cwd: import.meta.dirname, encoding: 'utf8' }).stdout.trim()
}

const { port, dataDir, modelPort } = chooseOnce()
/** A scripted model server, which the story of the pipeline starts there. */
const models = { CREMA_MODEL_SERVERS: `local=http://127.0.0.1:${modelPort}/v1`, CREMA_MODEL_KEY_LOCAL: 'test-key' }
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'e2e/.artifacts/results',
  // One server and one database for all specs; each makes a project of its own.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // One more try on a machine that others load too; a test that needed it is named "flaky" in the report, and stays a defect.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: ensureBrowser(), args: isRoot ? ['--no-sandbox'] : [] },
  },
  projects: [{ name: 'chromium' }],
  webServer: {
    command: 'node scripts/start.mjs',
    url: `http://127.0.0.1:${port}/api/health`,
    // The demo fetches its clips and decodes them beside the tests; none of them needs it.
    env: { PORT: port, HOST: '127.0.0.1', CREMA_DATA: dataDir, CREMA_DEMO: 'off', ...models },
    timeout: 900_000,
    stdout: process.env.CREMA_E2E_LOG ? 'pipe' : 'ignore',
    stderr: process.env.CREMA_E2E_LOG ? 'pipe' : 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
})
