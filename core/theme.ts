import { z } from 'zod'

/** What a person chose; `system` follows the device. */
export const themeSchema = z.enum(['dark', 'light', 'system'])
export type Theme = z.infer<typeof themeSchema>

/** Cookie that holds the choice. It is a look, not a secret: the page reads it to paint the first byte right. */
export const THEME_COOKIE = 'crema-theme'

/** The theme of a cookie value; anything unknown means `system`. */
export function readTheme(value: string | undefined): Theme {
  const parsed = themeSchema.safeParse(value)
  return parsed.success ? parsed.data : 'system'
}
