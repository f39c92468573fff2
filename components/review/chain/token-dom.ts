/**
 * An evidence sentence as editable DOM and back. Text is text nodes; a mention is one element that cannot be edited inside, so
 * it moves, is deleted and is copied as a whole and keeps the boxes it cites.
 */
import { objectClass } from '@/components/ui/object-chip'
import { objectNumber, recordAt } from '@/core/document'
import type { SampleDocument, Token } from '@/core/records'

export type Mention = Extract<Token, { kind: 'mention' }>

/** Mentions live beside their elements, not in attributes: what is pasted from elsewhere can never become one. */
const mentions = new WeakMap<Element, Mention>()

export function mentionElement(doc: SampleDocument, mention: Mention): HTMLElement {
  const number = Math.max(1, objectNumber(doc, mention.objectId))
  const chip = window.document.createElement('span')
  chip.contentEditable = 'false'
  chip.className = `obj-chip mx-px select-all ${objectClass(number)}`
  const name = recordAt(doc, mention.objectId, 'object')?.phrase ?? mention.text
  chip.title = mention.text === name ? name : `${mention.text}: ${name}`
  const swatch = window.document.createElement('b')
  swatch.className = 'obj-swatch'
  swatch.textContent = String(number)
  chip.append(swatch, mention.text)
  mentions.set(chip, mention)
  return chip
}

export function fill(host: HTMLElement, doc: SampleDocument, tokens: readonly Token[]): void {
  host.replaceChildren(
    ...tokens.map((token) => (token.kind === 'text' ? window.document.createTextNode(token.text) : mentionElement(doc, token))),
  )
}

/** The sentence as it stands in the editor. Line breaks and the browser's hard spaces become plain spaces. */
export function read(host: Node): Token[] {
  const tokens: Token[] = []
  const addText = (raw: string) => {
    const text = raw.replace(/[\u00a0\r\n]+/g, ' ')
    const last = tokens.at(-1)
    if (text === '') return
    if (last?.kind === 'text') tokens[tokens.length - 1] = { kind: 'text', text: last.text + text }
    else tokens.push({ kind: 'text', text })
  }
  const walk = (node: Node) => {
    const mention = node instanceof Element ? mentions.get(node) : undefined
    if (mention !== undefined) tokens.push(mention)
    else if (node.nodeType === Node.TEXT_NODE) addText(node.textContent ?? '')
    else if (node instanceof HTMLBRElement) addText(node.nextSibling === null ? '' : ' ')
    else for (const child of node.childNodes) walk(child)
  }
  walk(host)
  return tokens
}

/** What is typed behind an `@` at the caret, with the place of it; null when there is none. */
export function mentionQuery(host: HTMLElement): { node: Text; from: number; to: number; words: string } | null {
  const selection = window.getSelection()
  const node = selection?.anchorNode
  if (selection === null || !selection.isCollapsed || !(node instanceof Text) || !host.contains(node)) return null
  const before = node.data.slice(0, selection.anchorOffset)
  const found = /(?:^|[\s(,;])@([\p{L}\p{N} _'-]{0,40})$/u.exec(before) ?? /^@([\p{L}\p{N} _'-]{0,40})$/u.exec(before)
  if (found === null) return null
  const words = found[1] ?? ''
  return { node, from: selection.anchorOffset - words.length - 1, to: selection.anchorOffset, words }
}

/** Puts an element at a range and the caret behind it. */
export function insertAt(range: Range, element: HTMLElement): void {
  range.deleteContents()
  range.insertNode(element)
  const after = window.document.createRange()
  after.setStartAfter(element)
  after.collapse(true)
  const selection = window.getSelection()
  selection?.removeAllRanges()
  selection?.addRange(after)
}

/** Text at the caret, replacing what is selected; undo of the browser knows it. */
export function insertText(text: string): void {
  // The only way that keeps the browser's own undo inside the field.
  window.document.execCommand('insertText', false, text)
}
