/**
 * The text between `<box_start>` and `<box_end>`. Released files hold `[cx,cy,w,h]` and `[]`; files that went through other
 * hands hold several boxes, nested lists, `None`, tuples or no brackets at all. All of these are read; nothing is thrown.
 */
import { shorten } from '@/core/formats/json'

/** Four numbers of one box, in whatever convention the file uses. */
export type Four = readonly [number, number, number, number]

/**
 * `boxes` = all boxes in reading order. `groups` = the same boxes by the outermost list, when the text was a list of lists
 * (then one list a core frame may be meant); null for a single flat list. `problem` = why part of it could not be read.
 */
export type BoxList = {
  readonly boxes: readonly Four[]
  readonly groups: readonly (readonly Four[])[] | null
  readonly problem: string | null
}

type Tree = number | null | Tree[]

const TOKEN = /\s*(?:([[(])|([\])])|([,;])|([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)|(none|null|nan))/giy

/** Deeper nesting than this is no box list. */
const MAX_DEPTH = 4

function readTree(text: string): Tree[] | null {
  const top: Tree[] = []
  const stack: Tree[][] = [top]
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return null
    at = TOKEN.lastIndex
    const current = stack[stack.length - 1]
    if (current === undefined) return null
    if (match[1] !== undefined) {
      if (stack.length > MAX_DEPTH) return null
      const next: Tree[] = []
      current.push(next)
      stack.push(next)
    } else if (match[2] !== undefined) {
      if (stack.length === 1) return null
      stack.pop()
    } else if (match[4] !== undefined) current.push(Number(match[4]))
    else if (match[5] !== undefined) current.push(null)
  }
  return stack.length === 1 ? top : null
}

function numbersOf(tree: Tree): number[] | null {
  if (tree === null) return []
  if (typeof tree === 'number') return null
  const values = tree.filter((item) => item !== null)
  return values.every((item) => typeof item === 'number') ? values : null
}

/** Flat numbers in fours; null when their count does not fit or one is not finite. */
function foursOf(values: readonly number[]): Four[] | null {
  if (values.length % 4 !== 0 || !values.every(Number.isFinite)) return null
  const fours: Four[] = []
  for (let at = 0; at < values.length; at += 4) {
    const [a, b, c, d] = values.slice(at, at + 4)
    if (a === undefined || b === undefined || c === undefined || d === undefined) return null
    fours.push([a, b, c, d])
  }
  return fours
}

/** All boxes below one entry of the outermost list, or null when it holds something else. */
function boxesBelow(tree: Tree): Four[] | null {
  const flat = numbersOf(tree)
  if (flat !== null) return foursOf(flat)
  if (!Array.isArray(tree)) return null
  const parts = tree.map(boxesBelow)
  return parts.every((part) => part !== null) ? parts.flat() : null
}

/** Reads one box text. What cannot be read gives no boxes and a `problem`. */
export function readBoxList(text: string): BoxList {
  const refused: BoxList = {
    boxes: [],
    groups: null,
    problem: `“${shorten(text.trim(), 60)}” is no list of boxes; four numbers a box are expected.`,
  }
  const top = readTree(text)
  if (top === null) return refused
  // `[…]` is one list; `[…],[…]` and bare numbers are a list without its outer brackets.
  const [only] = top
  const tree: Tree = top.length === 1 && Array.isArray(only) ? only : top
  if (Array.isArray(tree) && tree.length > 0 && tree.some((item) => Array.isArray(item))) {
    const groups = tree.map(boxesBelow)
    if (!groups.every((group) => group !== null)) return refused
    return { boxes: groups.flat(), groups, problem: null }
  }
  const boxes = boxesBelow(tree)
  return boxes === null ? refused : { boxes, groups: null, problem: null }
}
