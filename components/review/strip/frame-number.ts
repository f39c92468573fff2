/** Reads a frame index typed by hand. Pure. */
export type FrameNumber = { readonly index: number; readonly problem: null } | { readonly index: null; readonly problem: string | null }

/** `taken` maps indices in use to their labels. An empty text is no problem yet. */
export function readFrameNumber(text: string, frameCount: number, taken: ReadonlyMap<number, string>): FrameNumber {
  const trimmed = text.trim()
  if (trimmed === '') return { index: null, problem: null }
  if (!/^\d{1,9}$/.test(trimmed)) return { index: null, problem: 'Write the index as a whole number.' }
  const index = Number(trimmed)
  if (index >= frameCount) return { index: null, problem: `The video has frames 0 to ${frameCount - 1}.` }
  const label = taken.get(index)
  if (label !== undefined) return { index: null, problem: `Frame ${index} is ${label} already.` }
  return { index, problem: null }
}
