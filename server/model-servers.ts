/** OpenAI-compatible servers that the administrator names in `CREMA_MODEL_SERVERS`: `local=http://127.0.0.1:8000/v1,internvl=…`. */
import { z } from 'zod'

/** A name that a project may put after `server:`, and the address behind it, without a trailing slash. No key. */
export type ModelServer = { readonly name: string; readonly url: string }

const HELP = 'must be a list of name=address, such as local=http://127.0.0.1:8000/v1'

/** An address for the API of a model: http or https, without a user, a query or a fragment. */
export const modelAddressSchema = z
  .string()
  .refine(isModelAddress, 'must be an http or https address without user, password, query or fragment')
  .transform((address) => address.replace(/\/+$/, ''))

function isModelAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

/** From the text of the variable; spaces around entries are allowed. A bad entry, or a name given twice, is an issue of the schema. */
export const modelServersSchema = z
  .string()
  .default('')
  .transform((text, context): ModelServer[] => {
    const servers: ModelServer[] = []
    const entries = text.split(',').map((entry) => entry.trim())
    for (const entry of entries.filter((part) => part !== '')) {
      const [, name = '', address = ''] = /^([a-z0-9-]{1,32})\s*=\s*(\S+)$/.exec(entry) ?? []
      const url = modelAddressSchema.safeParse(address)
      if (name === '' || !url.success) context.addIssue({ code: 'custom', message: `${HELP}; "${entry.slice(0, 80)}" is none` })
      else if (servers.some((server) => server.name === name)) context.addIssue({ code: 'custom', message: `names ${name} twice` })
      else servers.push({ name, url: url.data })
    }
    return servers
  })
