/** Keys of the samples list, for its hints and the keyboard page. They rest while a field has focus. */
export const LIST_KEYS = [
  { id: 'down', keys: ['J', 'ArrowDown'], label: 'Next sample' },
  { id: 'up', keys: ['K', 'ArrowUp'], label: 'Previous sample' },
  { id: 'open', keys: ['Enter'], label: 'Review the sample' },
  { id: 'search', keys: ['/'], label: 'Search' },
] as const

export type ListKey = (typeof LIST_KEYS)[number]['id']

/** What a key does in the list, or null. Modified keys belong to the browser. */
export function listKeyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): ListKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const key = /^[a-z]$/.test(event.key) ? event.key.toUpperCase() : event.key
  return LIST_KEYS.find((entry) => entry.keys.some((candidate) => candidate === key))?.id ?? null
}
