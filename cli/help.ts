import { COMMON_OPTIONS, type Command, type OptionSpec } from './arguments'

const COLUMN = 30

const line = (left: string, right: string) => `  ${left.padEnd(COLUMN)} ${right}`

function usageOf(name: string, spec: OptionSpec): string {
  if (spec.type === 'boolean') return `--${name}`
  return `--${name} ${spec.choices?.join('|') ?? spec.placeholder ?? (spec.type === 'string' ? 'TEXT' : 'N')}`
}

function optionLine([name, spec]: [string, OptionSpec]): string {
  const notes = [spec.isRequired === true ? 'required' : null, spec.default === undefined ? null : `default ${spec.default}`]
  const note = notes.filter((each) => each !== null).join(', ')
  const usage = usageOf(name, spec)
  const right = note === '' ? spec.summary : `${spec.summary} (${note})`
  return usage.length > COLUMN ? `  ${usage}\n${line('', right)}` : line(usage, right)
}

/** Text of `crema help`. */
export function describeCommands(commands: readonly (readonly [string, Command])[]): string {
  return [
    'Usage: crema COMMAND [options]',
    '',
    'Commands:',
    ...commands.map(([name, command]) => line(name, command.summary)),
    '',
    'Options of every command:',
    ...Object.entries(COMMON_OPTIONS).map(optionLine),
    '',
    '`crema help COMMAND` explains one. Exit code: 0 done, 1 failure, 2 bad input.',
  ].join('\n')
}

/** Text of `crema help COMMAND`. */
export function describeCommand(name: string, command: Command): string {
  const options = Object.entries(command.options)
  const operands = command.operands.map((operand) => ` ${operand}`).join('')
  return [
    `Usage: crema ${name}${operands}${options.length > 0 ? ' [options]' : ''}`,
    '',
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    ...(options.length > 0 ? ['', 'Options:', ...options.map(optionLine)] : []),
    '',
    'Options of every command:',
    ...Object.entries(COMMON_OPTIONS).map(optionLine),
  ].join('\n')
}
