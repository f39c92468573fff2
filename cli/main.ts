/** The `crema` command line: finds the command, gives it its database, prints its outcome, turns errors into exit codes. */
import path from 'node:path'
import { AppError, exitCodeOf, toAppError } from '@/core/errors'
import { COMMON_OPTIONS, type Command, type CommandIo, type ExitCode } from './arguments'
import { withDatabase } from './database'
import { describeCommand, describeCommands } from './help'

/** Loaded on demand, so that `crema frame` does not pay for what `crema import` needs. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  import: () => import('./import'),
  export: () => import('./export'),
  frames: () => import('./frames'),
  frame: () => import('./frame'),
  select: () => import('./select'),
  'selector-report': () => import('./selector-report'),
  run: () => import('./run'),
  models: () => import('./models'),
  doctor: () => import('./doctor'),
  worker: () => import('./worker'),
  'sign-in-link': () => import('./sign-in-link'),
}

type Common = { isJson: boolean; isDebug: boolean; isHelp: boolean }

/** Takes `--json`, `--debug` and `--help` out of the words; the rest belongs to the command. */
function splitCommon(words: readonly string[]): { common: Common; rest: string[] } {
  const names = Object.keys(COMMON_OPTIONS).map((name) => `--${name}`)
  const has = (name: keyof typeof COMMON_OPTIONS) => words.includes(`--${name}`)
  return {
    common: { isJson: has('json'), isDebug: has('debug'), isHelp: has('help') || words.includes('-h') },
    rest: words.filter((word) => !names.includes(word) && word !== '-h'),
  }
}

/** `npm run` moves to the repository's root; what a user types is relative to where they are. */
function userFolder(): string {
  const isNpmScript = process.env.npm_lifecycle_event === 'crema'
  return (isNpmScript ? process.env.INIT_CWD : undefined) ?? process.cwd()
}

function makeIo(common: Common, signal: AbortSignal): CommandIo & { hasResult(): boolean } {
  let printed = false
  const folder = userFolder()
  return {
    isJson: common.isJson,
    signal,
    result(value, text) {
      if (printed) throw new AppError('internal', 'A command prints its result once.')
      printed = true
      process.stdout.write(`${common.isJson ? JSON.stringify(value) : text}\n`)
    },
    progress: (line) => process.stderr.write(`${line}\n`),
    path: (typed) => path.resolve(folder, typed),
    hasResult: () => printed,
  }
}

function abortOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The second one means it.
      if (controller.signal.aborted) process.exit(130)
      controller.abort(new AppError('unavailable', 'Stopped by a signal.'))
    })
  }
  return controller.signal
}

function reportFailure(thrown: unknown, common: Common, hasResult: boolean): ExitCode {
  const error = toAppError(thrown)
  if (common.isJson && !hasResult) process.stdout.write(`${JSON.stringify({ error: error.toBody() })}\n`)
  const cause = error.code === 'internal' && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  process.stderr.write(`${error.code}: ${error.message}${cause}\n`)
  if (common.isDebug) process.stderr.write(`${(error.cause instanceof Error ? error.cause : error).stack}\n`)
  return exitCodeOf(error.code)
}

async function help(name: string | undefined): Promise<string> {
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (name !== undefined && load !== undefined) return describeCommand(name, (await load()).command)
  if (name !== undefined) throw unknownCommand(name)
  const all = await Promise.all(Object.entries(COMMANDS).map(async ([each, loadEach]) => [each, (await loadEach()).command] as const))
  return describeCommands(all)
}

const unknownCommand = (name: string) =>
  new AppError('invalid_input', `There is no command "${name}". \`crema help\` lists them.`, { command: name })

async function dispatch(words: readonly string[], common: Common, io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || common.isHelp) {
    const text = await help(name === 'help' ? rest[0] : name)
    io.result({ help: text }, text)
    return 0
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw unknownCommand(name)
  const { command } = await load()
  // Bad options are refused before a database is started for them.
  command.check(rest)
  const run = () => command.execute(rest, io)
  return command.needsDatabase ? withDatabase(io.progress, run) : run()
}

/** Runs one command line; resolves with the exit code (0 done, 1 failure, 2 bad input). */
export async function main(words: readonly string[]): Promise<ExitCode> {
  const { common, rest } = splitCommon(words)
  const io = makeIo(common, abortOnSignals())
  try {
    return await dispatch(rest, common, io)
  } catch (thrown) {
    return reportFailure(thrown, common, io.hasResult())
  }
}
