import { describe, expect, expectTypeOf, it } from 'vitest'
import { type CommandIo, defineCommand, parseOptions } from './arguments'

const specs = {
  video: { type: 'string', summary: 'the video', isRequired: true },
  index: { type: 'integer', summary: 'the frame', min: -5, max: 10 },
  format: { type: 'string', summary: 'the format', choices: ['crema', 'videoespresso'], default: 'crema' },
  'dry-run': { type: 'boolean', summary: 'change nothing' },
} as const

const parse = (...words: string[]) => parseOptions(specs, [], words).values

const io: CommandIo = { isJson: false, result: () => {}, progress: () => {}, path: (typed) => typed, signal: new AbortController().signal }

describe('parseOptions', () => {
  it('reads both ways of writing a value', () => {
    expect(parse('--video', 'a b.mp4', '--index=3')).toEqual({ video: 'a b.mp4', index: 3, format: 'crema', 'dry-run': false })
    expect(parse('--video=--x', '--dry-run')).toMatchObject({ video: '--x', 'dry-run': true })
    expect(parse('--video', 'a', '--index', '-3')).toMatchObject({ index: -3 })
    expect(parse('--video==a=b')).toMatchObject({ video: '=a=b' })
  })

  it.each([
    [['--video', 'a', '--wat', '1'], /no option --wat/],
    [['--video', 'a', '-x'], /no option -x/],
    [['--video', 'a', '--constructor'], /no option --constructor/],
    [[], /--video is missing/],
    [['--video'], /--video needs a value/],
    [['--video', 'a', '--index', '1.5'], /whole number, not "1.5"/],
    [['--video', 'a', '--index', ''], /whole number/],
    [['--video', 'a', '--index=11'], /at most 10/],
    [['--video', 'a', '--index=-6'], /at least -5/],
    [['--video', 'a', '--format', 'xml'], /one of crema, videoespresso/],
    [['--video', 'a', '--video', 'b'], /given twice/],
    [['--video', 'a', '--dry-run=maybe'], /takes no value/],
    [['--video', 'a', 'stray'], /"stray" is one word too many/],
  ])('refuses %j', (words, message) => {
    expect(() => parseOptions(specs, [], words)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringMatching(message) }),
    )
  })

  it('asks for every operand', () => {
    expect(parseOptions({}, ['FILE'], ['a']).operands).toEqual(['a'])
    expect(() => parseOptions({}, ['FILE'], [])).toThrow(/FILE is missing/)
  })
})

describe('defineCommand', () => {
  it('hands typed values to run', async () => {
    const command = defineCommand({
      summary: 'test',
      options: specs,
      needsDatabase: false,
      async run(args) {
        expectTypeOf(args.video).toEqualTypeOf<string>()
        expectTypeOf(args.index).toEqualTypeOf<number | undefined>()
        expectTypeOf(args.format).toEqualTypeOf<'crema' | 'videoespresso'>()
        expectTypeOf(args['dry-run']).toEqualTypeOf<boolean>()
        return args.index === 4 ? 2 : undefined
      },
    })
    expect(await command.execute(['--video', 'a', '--index', '4'], io)).toBe(2)
    expect(await command.execute(['--video', 'a'], io)).toBe(0)
  })
})
