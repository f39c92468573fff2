/** What the scripted server understands of a request, whatever its wire format, and how a format says things. */

export type Usage = { readonly inputTokens: number; readonly outputTokens: number }

/** `user` = all text of the user in order; `pictures` = decoded image parts. */
export type GenerateCall = {
  readonly kind: 'generate'
  readonly model: string
  readonly system: string
  readonly user: string
  readonly pictures: readonly Buffer[]
  readonly schema: unknown
  readonly maxTokens: number
}
export type EmbedCall = { readonly kind: 'embed'; readonly model: string; readonly texts: readonly string[] }
export type ModelCall = GenerateCall | EmbedCall

/** One published API. `read` throws `BadRequest` for what the API would refuse. */
export type Wire = {
  readonly name: 'openai' | 'anthropic' | 'google'
  readonly keyOf: (headers: Readonly<Record<string, string | undefined>>) => string | undefined
  readonly read: (path: string, headers: Readonly<Record<string, string | undefined>>, body: unknown) => ModelCall
  readonly answer: (path: string, call: GenerateCall, text: string, usage: Usage) => unknown
  readonly refuse: (path: string, call: GenerateCall, usage: Usage) => unknown
  readonly vectors: (path: string, call: EmbedCall, vectors: readonly (readonly number[])[], usage: Usage) => unknown
  readonly error: (status: number, message: string, code?: string) => unknown
}

export class BadRequest extends Error {}

const MAX_PICTURE_BYTES = 5 * 1024 * 1024

/** Decodes a picture of a request; only JPEG, as that is what Crema sends. */
export function readPicture(base64: string, mediaType: string): Buffer {
  if (mediaType !== 'image/jpeg') throw new BadRequest(`Unsupported image type ${mediaType}`)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) throw new BadRequest('The image is not base64')
  const picture = Buffer.from(base64, 'base64')
  if (picture[0] !== 0xff || picture[1] !== 0xd8) throw new BadRequest('The image is not a JPEG')
  if (picture.length > MAX_PICTURE_BYTES) throw new BadRequest('The image exceeds 5 MB')
  return picture
}
