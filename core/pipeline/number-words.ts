/** Numbers in running English text: digits, words, ordinals and words for two. */

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'

const SMALL: ReadonlyMap<string, number> = new Map([
  ...UNITS.split(' ').map((word, value): [string, number] => [word, value]),
  ...TENS.split(' ').map((word, place): [string, number] => [word, (place + 2) * 10]),
])
const ORDINAL: ReadonlyMap<string, number> = new Map(ORDINALS.split(' ').map((word, place): [string, number] => [word, place + 1]))
const SCALE: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
])
const OTHER: ReadonlyMap<string, number> = new Map([
  ['no', 0],
  ['none', 0],
  ['nobody', 0],
  ['nothing', 0],
  ['once', 1],
  ['single', 1],
  ['both', 2],
  ['couple', 2],
  ['pair', 2],
  ['twice', 2],
  ['double', 2],
  ['triple', 3],
  ['half', 0.5],
  ['dozen', 12],
])

/** `12`, `1,200`, `2.5`; `3rd` is an ordinal. */
const DIGITS = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/
const DIGIT_ORDINAL = /^(\d+)(?:st|nd|rd|th)$/

/** Words and numbers of a text in order, lower case; a decimal point or a thousands comma stays inside its number. */
export function tokensOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![\p{L}])|[\p{L}\p{N}]+/gu) ?? []
  )
}

/**
 * The numbers a text names: `{ value, isOrdinal }` in their order. `twenty-five`, `two hundred` and `three thousand` are one
 * number each. `a` and `an` are no numbers.
 */
export function numbersIn(tokens: readonly string[]): { readonly value: number; readonly isOrdinal: boolean }[] {
  const found: { value: number; isOrdinal: boolean }[] = []
  let open: number | null = null
  const close = () => {
    if (open !== null) found.push({ value: open, isOrdinal: false })
    open = null
  }
  for (const token of tokens) {
    const small: number | undefined = SMALL.get(token) ?? (DIGITS.test(token) ? Number(token.replaceAll(',', '')) : undefined)
    const scale: number | undefined = SCALE.get(token)
    if (small !== undefined) {
      // "twenty five" adds, "two three" are two numbers.
      const canAdd: boolean = open !== null && small > 0 && small < 100 && open % (small < 10 ? 10 : 100) === 0 && open > 0
      if (open !== null && canAdd) open += small
      else {
        close()
        open = small
      }
      continue
    }
    if (scale !== undefined) {
      open = (open ?? 1) * scale
      continue
    }
    close()
    const ordinal = ORDINAL.get(token) ?? (DIGIT_ORDINAL.test(token) ? Number.parseInt(token, 10) : undefined)
    const other = OTHER.get(token)
    if (ordinal !== undefined) found.push({ value: ordinal, isOrdinal: true })
    else if (other !== undefined) found.push({ value: other, isOrdinal: false })
  }
  close()
  return found
}
