/**
 * What a command of the terminal is, and how its options are read.
 *
 * A command module is `cli/<name>.ts` and exports `command = defineCommand({…})`; `cli/main.ts` lists it in its table. Options
 * come as `--name value` or `--name=value`; their values reach `run` parsed and typed. Bad input is an AppError.
 */
import { parseArgs } from 'node:util'
import { AppError } from '@/core/errors'

/** One option. `placeholder` is the word in the help (`--video FILE`); `choices` closes the list of values. */
export type OptionSpec = {
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
  readonly summary: string
  readonly placeholder?: string
  readonly isRequired?: boolean
  readonly default?: string | number | boolean
  readonly choices?: readonly string[]
  /** Inclusive limits of a number. */
  readonly min?: number
  readonly max?: number
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

type ValueOf<S extends OptionSpec> = S['type'] extends 'boolean'
  ? boolean
  : S['type'] extends 'integer' | 'number'
    ? number
    : S['choices'] extends readonly (infer Choice)[]
      ? Choice
      : string
type IsCertain<S extends OptionSpec> = S['type'] extends 'boolean'
  ? true
  : S extends { isRequired: true } | { default: unknown }
    ? true
    : false

/** Parsed options by their name on the command line (`dry-run`); an optional one without default may be undefined. */
export type OptionValues<O extends OptionSpecs> = {
  readonly [K in keyof O]: IsCertain<O[K]> extends true ? ValueOf<O[K]> : ValueOf<O[K]> | undefined
}

/** The command's way to the outside. Results go to stdout, everything else to stderr. */
export type CommandIo = {
  /** `--json` was given: `result` prints the value, otherwise the text. */
  readonly isJson: boolean
  /** Prints the outcome; call it once, last. `text` is what a person reads. */
  result(value: unknown, text: string): void
  /** One line of progress on stderr. */
  progress(line: string): void
  /** Absolute form of a path the user typed, relative to the folder the user is in. */
  path(typed: string): string
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal
}

/** 0 = done, 1 = failure, 2 = bad input (design §7). Nothing returned = 0. */
export type ExitCode = 0 | 1 | 2

export type CommandSpec<O extends OptionSpecs> = {
  readonly summary: string
  readonly options: O
  /** The command starts the embedded database, applies migrations and finds DATABASE_URL set. */
  readonly needsDatabase: boolean
  /** Names of words without `--` after the command, for the help (`FILE`); one in brackets (`[FILE]`) may be left out. */
  readonly operands?: readonly string[]
  run(args: OptionValues<O> & { readonly operands: readonly string[] }, io: CommandIo): Promise<ExitCode | undefined>
}

/** A command with its option types forgotten, as the table holds it. */
export type Command = {
  readonly summary: string
  readonly options: OptionSpecs
  readonly needsDatabase: boolean
  readonly operands: readonly string[]
  /** Throws AppError invalid_input when the words after the command's name do not parse. */
  check(words: readonly string[]): void
  /** Parses the words, then runs. */
  execute(words: readonly string[], io: CommandIo): Promise<ExitCode>
}

/** Makes a command out of its description. Option names are written as typed: `'dry-run'`. */
export function defineCommand<const O extends OptionSpecs>(spec: CommandSpec<O>): Command {
  const operands = spec.operands ?? []
  return {
    summary: spec.summary,
    options: spec.options,
    needsDatabase: spec.needsDatabase,
    operands,
    check: (words) => void parseOptions(spec.options, operands, words),
    execute: async (words, io) => {
      const parsed = parseOptions(spec.options, operands, words)
      // The values were checked against the same specification that the type is computed from.
      const values = { ...parsed.values, operands: parsed.operands } as unknown as OptionValues<O> & { operands: readonly string[] }
      return (await spec.run(values, io)) ?? 0
    },
  }
}

/** Options of every command; `cli/main.ts` takes them out before the command sees its words. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', summary: 'print one JSON value on stdout, nothing else' },
  debug: { type: 'boolean', summary: 'print the stack trace of a failure' },
  help: { type: 'boolean', summary: 'explain the command' },
} as const satisfies OptionSpecs

function badInput(message: string, option: string): AppError {
  return new AppError('invalid_input', message, { option: `--${option}` })
}

function parseValue(name: string, spec: OptionSpec, raw: string): string | number {
  if (spec.type === 'integer' || spec.type === 'number') {
    const value = raw.trim() === '' ? Number.NaN : Number(raw)
    const isWrong = !Number.isFinite(value) || (spec.type === 'integer' && !Number.isSafeInteger(value))
    if (isWrong) throw badInput(`--${name} takes ${spec.type === 'integer' ? 'a whole number' : 'a number'}, not "${raw}".`, name)
    if (spec.min !== undefined && value < spec.min) throw badInput(`--${name} must be at least ${spec.min}, not ${raw}.`, name)
    if (spec.max !== undefined && value > spec.max) throw badInput(`--${name} must be at most ${spec.max}, not ${raw}.`, name)
    return value
  }
  if (spec.choices !== undefined && !spec.choices.includes(raw)) {
    throw badInput(`--${name} takes one of ${spec.choices.join(', ')}, not "${raw}".`, name)
  }
  return raw
}

function readToken(specs: OptionSpecs, name: string, rawName: string, value: string | undefined): string | number | boolean {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  if (spec === undefined || !rawName.startsWith('--')) {
    throw new AppError('invalid_input', `There is no option ${rawName} here.`, { option: rawName })
  }
  if (spec.type === 'boolean') {
    if (value !== undefined && value !== 'true' && value !== 'false') throw badInput(`--${name} takes no value.`, name)
    return value !== 'false'
  }
  if (value === undefined) throw badInput(`--${name} needs a value.`, name)
  return parseValue(name, spec, value)
}

/** Parses the words of a command line by the given specification. Throws AppError invalid_input naming the option. */
export function parseOptions(
  specs: OptionSpecs,
  operandNames: readonly string[],
  words: readonly string[],
): { values: Record<string, string | number | boolean | undefined>; operands: string[] } {
  // Not strict: node:util would take `--index -3` for two options; the tokens are judged here.
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, { type: spec.type === 'boolean' ? ('boolean' as const) : ('string' as const) }]),
  )
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true, allowPositionals: true })
  const values: Record<string, string | number | boolean | undefined> = {}
  for (const [name, spec] of Object.entries(specs)) values[name] = spec.default ?? (spec.type === 'boolean' ? false : undefined)
  const seen = new Set<string>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    if (seen.has(token.name)) throw badInput(`--${token.name} is given twice.`, token.name)
    seen.add(token.name)
    values[token.name] = readToken(specs, token.name, token.rawName, token.value)
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.isRequired === true && values[name] === undefined) throw badInput(`--${name} is missing: ${spec.summary}.`, name)
  }
  if (operands.length > operandNames.length) {
    throw new AppError('invalid_input', `"${operands[operandNames.length]}" is one word too many; options begin with --.`, {
      word: operands[operandNames.length],
    })
  }
  const missing = operandNames[operands.length]
  if (missing !== undefined && !missing.startsWith('[')) throw new AppError('invalid_input', `${missing} is missing.`, { word: missing })
  return { values, operands }
}
