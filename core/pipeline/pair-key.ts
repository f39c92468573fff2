/** The identity of a question–answer pair in its video, so that a repeated run finds the draft it made before. */

/** Hexadecimal digits of a key: 128 bits, of which no two pairs of a project will share one by chance. */
const KEY_LENGTH = 32

/** Spaces and the spelling of letters in Unicode do not make another question. */
const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ')

/**
 * The key of a pair: the same video, question and answer give the same key, on every machine and in every run.
 *
 * @param hash hexadecimal sha256 of a text's UTF-8 bytes; handed in, because core has no cryptography
 */
export function pairKey(hash: (text: string) => string, videoSha256: string, question: string, answer: string): string {
  return hash(JSON.stringify([videoSha256, plain(question), plain(answer)])).slice(0, KEY_LENGTH)
}
