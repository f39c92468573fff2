import { z } from 'zod'

/** A person's name as others see it. */
export const personNameSchema = z.string().trim().min(1, 'Write a name.').max(80, 'At most 80 characters.')

/** Empty means none given. */
export const optionalEmailSchema = z.union([z.literal('').transform(() => null), z.email('This is not an e-mail address.').max(254)])
export const emailSchema = z.email('This is not an e-mail address.').max(254)

/** The secret part of a link: long enough that guessing is hopeless, short enough that nobody sends us a book. */
export const linkTokenSchema = z.string().min(16).max(128)
