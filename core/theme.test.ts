import { describe, expect, it } from 'vitest'
import { readTheme, THEME_COOKIE, themeSchema } from './theme'

describe('readTheme', () => {
  it.each(themeSchema.options)('knows %s', (word) => {
    expect(readTheme(word)).toBe(word)
  })

  // A cookie can hold anything the page never wrote; it becomes an attribute of <html>, so only known words may pass.
  it.each([undefined, '', 'Dark', ' dark', 'dark;light', '"><script>', 'constructor', '__proto__', 'x'.repeat(10_000)])(
    'follows the device for %j',
    (value) => {
      expect(readTheme(value)).toBe('system')
    },
  )
})

it('the cookie has a name that needs no escaping', () => {
  expect(encodeURIComponent(THEME_COOKIE)).toBe(THEME_COOKIE)
})
