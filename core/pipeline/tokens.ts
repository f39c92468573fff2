/**
 * How many tokens a request can have at most, before anyone has counted them. Real counts come back with the answer and are
 * what is booked; these bounds only decide how much is set aside before a call, so they may be generous but never too small.
 */
import type { Size } from '../geometry'

/** Marks of roles, of the end of a message and of tools, which providers count on top. Observed: below 60 for a call like ours. */
const CALL_OVERHEAD = 400

/** Bytes of a text in UTF-8, lone surrogates counted as the three bytes of U+FFFD. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/**
 * Upper bound of the tokens of a text. The tokenizers in use (byte-level BPE, SentencePiece with byte fallback) never make more
 * than one token of one byte, so the bytes in UTF-8 are a bound for every text; for English prose it is about four times the truth.
 */
export function maxTextTokens(text: string): number {
  return utf8Bytes(text)
}

/** Upper bound of the input tokens of a call: its texts (system, user, schema), its pictures, and the frame around them. */
export function maxInputTokens(provider: string, model: string, texts: readonly string[], pictures: readonly Size[]): number {
  const ofTexts = texts.reduce((sum, text) => sum + maxTextTokens(text), 0)
  const ofPictures = pictures.reduce((sum, size) => sum + maxPictureTokens(provider, model, size), 0)
  return CALL_OVERHEAD + ofTexts + ofPictures
}

/**
 * Upper bound of the tokens of one picture, size in pixels, after each provider's published rule:
 * OpenAI: 85 + 170 for each tile of 512 after fitting into 2048² and the short side to 768; small models count 2833 + 5667, or
 * patches of 32 px, at most 1536, times up to 2.46. Anthropic: width · height / 750. Google: 258 for each tile, tiles of
 * min(side)/1.5 between 256 and 768 px, at least the 1120 of newer models at high resolution. Servers of our own: the larger of
 * InternVL (256 a tile of 448, 12 tiles and a thumbnail) and Qwen-VL (one for 28² px).
 */
export function maxPictureTokens(provider: string, model: string, size: Size): number {
  const width = Math.max(1, size.width)
  const height = Math.max(1, size.height)
  if (provider === 'openai') return openAiPicture(model, width, height)
  if (provider === 'anthropic') return Math.ceil((width * height) / 750) + 8
  if (provider === 'google') return googlePicture(width, height)
  return Math.max(13 * 256, Math.ceil(width / 28) * Math.ceil(height / 28)) + 8
}

function openAiPicture(model: string, width: number, height: number): number {
  const fit = Math.min(1, 2048 / Math.max(width, height))
  const short = Math.min(1, 768 / (Math.min(width, height) * fit))
  const tiles = Math.ceil((width * fit * short) / 512) * Math.ceil((height * fit * short) / 512)
  if (model.startsWith('gpt-4o-mini')) return 2833 + 5667 * tiles
  const byTiles = 85 + 170 * tiles
  const patches = Math.min(1536, Math.ceil(width / 32) * Math.ceil(height / 32))
  return Math.max(byTiles, Math.ceil(patches * 2.46))
}

function googlePicture(width: number, height: number): number {
  const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)))
  return Math.max(1120, 258 * Math.ceil(width / tile) * Math.ceil(height / tile))
}
