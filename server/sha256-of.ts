import { createHash } from 'node:crypto'

/** Lower-case hex. A text is hashed as UTF-8. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
