/** Word by word difference of two short texts, for reading; objects count as one word each. */
export type DiffPart<T> = { readonly kind: 'same' | 'added' | 'removed'; readonly items: readonly T[] }

/** Longer inputs are shown as one removal and one addition: the table below grows with the product of both lengths. */
const MAX_CELLS = 250_000

/** Longest common subsequence; neighbours of one kind are joined, removals before additions. */
export function diffLists<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): DiffPart<T>[] {
  const parts: { kind: DiffPart<T>['kind']; items: T[] }[] = []
  const push = (kind: DiffPart<T>['kind'], item: T) => {
    const last = parts.at(-1)
    if (last?.kind === kind) last.items.push(item)
    else parts.push({ kind, items: [item] })
  }
  const a = before.map(keyOf)
  const b = after.map(keyOf)
  const lengths = a.length * b.length > MAX_CELLS ? null : commonLengths(a, b)
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [old, fresh] = [before[i], after[j]]
    if (fresh !== undefined && old !== undefined && a[i] === b[j]) {
      push('same', fresh)
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || lengths === null || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      push('removed', old)
      i += 1
    } else if (fresh !== undefined) {
      push('added', fresh)
      j += 1
    }
  }
  return parts
}

const at = (table: readonly Uint32Array[], i: number, j: number) => table[i]?.[j] ?? 0

/** `table[i][j]` = length of the longest common subsequence of a from i and b from j. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i]
    for (let j = b.length - 1; j >= 0 && row !== undefined; j -= 1) {
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

/** Words with the space behind them; signs alone; scripts without spaces by character. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}'’]+\s*|[^\p{L}\p{N}\s]\s*|\s+/gu) ?? []
}
