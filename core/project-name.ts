import { z } from 'zod'

export const projectNameSchema = z.string().trim().min(1, 'Write a name.').max(80, 'At most 80 characters.')

/**
 * The address part of a name: lower-case ASCII letters, digits and dashes. A name without any of those (for example in
 * Chinese) gives `project`; the caller makes it unique with a number.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  return slug === '' ? 'project' : slug
}
