/** What the keys of the screen ask of the open panel. */
export type SelectorHandle = {
  readonly run: () => void
  /** False when there is nothing to adopt. */
  readonly adoptAll: () => boolean
  /** False when nothing was under way. */
  readonly cancel: () => boolean
}
