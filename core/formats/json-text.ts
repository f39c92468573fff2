/**
 * Pieces of canonical JSON text. An export writes the same few dozen shapes of object millions of times: quoting short texts
 * by a call into `JSON.stringify` and sorting the same keys again and again was a third of its work.
 */

/** A character that JSON writes with a backslash, or half of a surrogate pair. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/** The text as JSON writes it, with its quotes; plain text without asking `JSON.stringify`. */
export function quoteText(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** `keys` in code-unit order; `heads` = the text before each member: `{"first":`, `,"second":` and so on. */
export type KeyOrder = { readonly keys: readonly string[]; readonly heads: readonly string[] }

/** One key after another, as an object lists them, leads to their order. */
type Node = { readonly next: Map<string, Node>; order: KeyOrder | null }

const newNode = (): Node => ({ next: new Map(), order: null })

/** Objects with more keys are maps by id, whose shapes do not come back. */
const MAX_KEPT_KEYS = 16
const MAX_NODES = 4096

let root = newNode()
let nodes = 0

function sortKeys(keys: readonly string[]): KeyOrder {
  // Without a comparison function `sort` compares by code unit.
  const sorted = [...keys].sort()
  return { keys: sorted, heads: sorted.map((key, at) => `${at === 0 ? '{' : ','}${quoteText(key)}:`) }
}

/** The order of the keys of an object, kept for the next one that lists the same. */
export function keyOrderOf(keys: readonly string[]): KeyOrder {
  if (keys.length > MAX_KEPT_KEYS) return sortKeys(keys)
  let node = root
  for (const key of keys) {
    let next = node.next.get(key)
    if (next === undefined) {
      next = newNode()
      node.next.set(key, next)
      nodes += 1
    }
    node = next
  }
  node.order ??= sortKeys(keys)
  // Files bring ever new keys: memory stays bounded, and what is in use is back at once.
  if (nodes > MAX_NODES) {
    root = newNode()
    nodes = 0
  }
  return node.order
}
