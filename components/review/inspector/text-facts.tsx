import { TextDiff } from '../chain/text-diff'

/** Draft and now of a text, where they differ. */
export function TextFacts({ before, after }: { before: string; after: string }) {
  if (before === after) return null
  return (
    <div className="mr-3 mb-1 ml-4 flex-none rounded-2 border border-line px-2 py-1 text-fg-2 [overflow-wrap:anywhere]">
      <TextDiff before={before} after={after} />
    </div>
  )
}
