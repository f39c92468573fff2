import { describe, expect, it } from 'vitest'
import { emailSchema, linkTokenSchema, optionalEmailSchema, personNameSchema } from './person'

describe('a name', () => {
  it.each([
    ['Ada', 'Ada'],
    ['  Ada Lovelace\n', 'Ada Lovelace'],
    ['李雷', '李雷'],
    ['<b>Ada</b>', '<b>Ada</b>'],
    ['x'.repeat(80), 'x'.repeat(80)],
  ])('%j is kept as %j', (given, kept) => {
    expect(personNameSchema.parse(given)).toBe(kept)
  })

  it.each([
    ['', 'Write a name.'],
    [' \t\n', 'Write a name.'],
    ['x'.repeat(81), 'At most 80 characters.'],
  ])('%j is refused: %s', (given, message) => {
    expect(personNameSchema.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message])
  })
})

describe('an e-mail address', () => {
  it('may be left out where it is optional, and only there', () => {
    expect(optionalEmailSchema.parse('')).toBeNull()
    expect(optionalEmailSchema.parse('ada@example.org')).toBe('ada@example.org')
    expect(emailSchema.safeParse('').success).toBe(false)
  })

  it.each(['ada', 'ada@', '@example.org', 'ada@example', 'a b@example.org', 'ada@example.org\nBcc: all@example.org'])(
    'is not %j',
    (given) => {
      expect(emailSchema.safeParse(given).success).toBe(false)
      expect(optionalEmailSchema.safeParse(given).success).toBe(false)
    },
  )

  it('is no longer than mail allows', () => {
    const host = `@${'h'.repeat(60)}.example.org`
    const local = (length: number) => `${'a'.repeat(length)}${host}`
    expect(emailSchema.safeParse(local(20)).success).toBe(true)
    expect(emailSchema.safeParse(`${'a'.repeat(64)}@${`${'h'.repeat(60)}.`.repeat(4)}org`).success).toBe(false)
  })
})

describe('the token of a link', () => {
  it.each([15, 129])('is not taken with %i characters', (length) => {
    expect(linkTokenSchema.safeParse('t'.repeat(length)).success).toBe(false)
  })

  it.each([16, 43, 128])('may have %i characters', (length) => {
    expect(linkTokenSchema.safeParse('t'.repeat(length)).success).toBe(true)
  })
})
