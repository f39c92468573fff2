// The whole start: packages, data folder, database, migrations, demo, build, web and worker, one sign-in link.
import { accessSync, constants } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { buildIfNeeded, nextProgram } from './build.mjs'
import { startDatabase } from './database.mjs'
import { makeFolder } from './make-folder.mjs'
import { migrate } from './migrate.mjs'
import { dataDirOf, ROOT } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { during, elapsedSeconds, StartError, say } from './progress.mjs'
import { readStartSettings } from './start-settings.mjs'
import { Supervisor } from './supervisor.mjs'

const DATABASE_STOP_TIMEOUT_MS = 4500
const HEALTH_PATIENCE_MS = 120_000
const runTs = path.join(ROOT, 'scripts', 'run-ts.mjs')

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Refuses before anything is made when somebody else listens there. */
async function assertPortIsFree({ host, port }) {
  const error = await new Promise((resolve) => {
    const server = net.createServer()
    server.on('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
  if (error === null) return
  if (error.code === 'EADDRINUSE') {
    throw new StartError(`Port ${port} on ${host} is taken. Stop what runs there, or choose another port: PORT=${port + 1} npm start`, 2)
  }
  if (error.code === 'EACCES')
    throw new StartError(`Port ${port} may only be used by an administrator. Choose one above 1023: PORT=3000 npm start`, 2)
  throw new StartError(`HOST ${host} cannot be listened on (${error.code}). It has to be an address of this machine.`, 2)
}

function prepareDataFolder(dataDir) {
  try {
    // Root's folder lets other users pass through (PostgreSQL runs as one), but not look.
    makeFolder(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be written (${error.code}). Set CREMA_DATA to one that can.`, 2)
  }
}

/** Lines of the worker and of Next, with the name of the process before them. */
const shownAs = (name) => (line) => {
  if (line.trim() !== '') process.stderr.write(`${name} | ${line}\n`)
}

async function waitForHealth(baseAddress, isStopping) {
  let last = 'no answer'
  for (const begin = Date.now(); Date.now() - begin < HEALTH_PATIENCE_MS && !isStopping(); await sleep(250)) {
    try {
      const response = await fetch(`${baseAddress}/api/health`, { signal: AbortSignal.timeout(30_000) })
      if (response.ok) return null
      last = await response.text()
    } catch (error) {
      last = error.cause?.code ?? error.message
    }
  }
  return last
}

function signInLink(supervisor) {
  return new Promise((resolve) => {
    const lines = []
    supervisor.run({
      name: 'sign-in link',
      args: ['cli/crema.mjs', 'sign-in-link'],
      isOnce: true,
      show: (line) => lines.push(line),
      onExit: () => setImmediate(() => resolve({ link: lines.find((line) => line.startsWith('http')) ?? null, lines })),
    })
  })
}

/** Done once beside the start, which it never fails: what is missing is said, and tried again at the next start. */
function runBeside(supervisor, { name, args, onFailure }) {
  return new Promise((resolve) => {
    supervisor.run({
      name,
      args: [runTs, ...args],
      isOnce: true,
      show: (line) => {
        if (line.trim() !== '') say(`${name}: ${line}`)
      },
      onExit: (code) => {
        if (code !== 0 && code !== null) say(`${name}: ${onFailure}`)
        resolve(code === 0)
      },
    })
  })
}

/** One after the other, because both fetch and count: a person sees the demo first, the models are needed for what comes then. */
async function startBeside(supervisor, state) {
  const hasDemo = process.env.CREMA_DEMO !== 'off'
  const seed = path.join(ROOT, 'scripts', 'demo', 'seed.mjs')
  if (hasDemo) {
    const onFailure = 'the demo project is not complete, see above. Everything else works.'
    await runBeside(supervisor, { name: 'demo', args: [seed], onFailure })
  }
  if (state.isStopping) return
  const onFailure = 'a run with the embedded models has to wait. It is tried again at each `npm start`. Everything else works.'
  const hasModels = await runBeside(supervisor, { name: 'models', args: [path.join(ROOT, 'scripts', 'weights', 'prepare.ts')], onFailure })
  if (state.isStopping || !hasDemo || !hasModels) return
  const draft = path.join(ROOT, 'scripts', 'demo', 'draft.mjs')
  await runBeside(supervisor, { name: 'demo', args: [draft], onFailure: 'the pipeline was not started on the demo clips.' })
}

/** Only the worker asks models, so only it holds their keys: a hole in the web process cannot give them away. */
function withoutModelKeys() {
  const isKey = (name) => /^(OPENAI|ANTHROPIC|GOOGLE_GENERATIVE_AI)_API_KEY$|^CREMA_MODEL_KEY_/.test(name)
  return Object.fromEntries(
    Object.keys(process.env)
      .filter(isKey)
      .map((name) => [name, undefined]),
  )
}

function announce(settings, link) {
  const lines = ['', `Crema runs on ${settings.baseUrl} (ready after ${elapsedSeconds()} s).`, '']
  if (link !== null) lines.push(`  Sign in:  ${link}`, '')
  lines.push('Ctrl+C stops it.', '')
  process.stdout.write(`${lines.join('\n')}\n`)
}

export async function start({ isDev }) {
  process.chdir(ROOT)
  const supervisor = new Supervisor()
  const state = { isStopping: false, database: null }

  const stop = async (exitCode) => {
    if (state.isStopping) return
    state.isStopping = true
    await supervisor.stop()
    // The database may be just starting; whatever comes up has to go down again.
    const database = await state.database?.catch(() => null)
    await Promise.race([database?.stop(), sleep(DATABASE_STOP_TIMEOUT_MS)])
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      if (!state.isStopping) say('Stopping …')
      stop(0)
    })
  }

  try {
    await bringUp({ isDev, supervisor, state })
  } catch (error) {
    if (state.isStopping) return
    process.stderr.write(`${error instanceof StartError ? error.message : (error.stack ?? error)}\n`)
    await stop(error.exitCode ?? 1)
  }
}

async function bringUp({ isDev, supervisor, state }) {
  const settings = await readStartSettings()
  await assertPortIsFree(settings)
  for (const line of await prepare()) say(`Prepared: ${line}`)
  const dataDir = dataDirOf()
  prepareDataFolder(dataDir)
  Object.assign(process.env, { CREMA_DATA: dataDir, NODE_ENV: isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

  state.database = startDatabase({ dataDir })
  const database = await state.database
  process.env.DATABASE_URL = database.url
  say(
    database.folder === null
      ? 'Database: the one of DATABASE_URL'
      : `Database: PostgreSQL ${database.hasStarted ? 'started' : 'found running'} (${database.folder})`,
  )
  const applied = await migrate(database.url)
  if (applied.length > 0) say(`Database brought up to date: ${applied.join(', ')}`)

  startBeside(supervisor, state)
  if (!isDev) {
    const isBuilt = await during('Pages: building where sources changed', () => buildIfNeeded((child) => supervisor.adopt(child)))
    say(isBuilt ? 'Pages: built' : 'Pages: up to date')
  }
  if (state.isStopping) return

  supervisor.run({
    name: 'web',
    args: [nextProgram, isDev ? 'dev' : 'start', '-p', String(settings.port), '-H', settings.host],
    show: shownAs('web'),
    environment: withoutModelKeys(),
  })
  supervisor.run({ name: 'worker', args: [runTs, 'worker/main.ts'], show: shownAs('worker') })
  say(`Web and worker started${isDev ? ' in development mode' : ''}`)

  const [problem, { link, lines }] = await Promise.all([waitForHealth(settings.localUrl, () => state.isStopping), signInLink(supervisor)])
  if (state.isStopping) return
  if (problem !== null) say(`Not everything is well: ${problem}. \`npm run -s crema -- doctor\` explains it.`)
  if (link === null) say(`No sign-in link: ${lines.join(' ')}`)
  announce(settings, link)
}
