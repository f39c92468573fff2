/**
 * Which things may be spoken of. A detector of 80 classes gives a name to whatever it is shown: painted arrows were birds and
 * a fence was skis. So a thing must have been followed over several frames with a good score, more is asked of some
 * names, and some are never used.
 */

/** From this score on a single detection may be spoken of in a caption. */
const CLEAR_SCORE = 0.6
const MIN_SIGHTINGS = 3
const MIN_MEAN = 0.5
/** One sighting is enough from this score and part of the view on. */
const LARGE = { score: 0.85, share: 0.15 }
const STRICT = { sightings: 5, mean: 0.8 }
/** Mean agreement of a second look that is asked for, where one was taken. */
const MIN_AGREEMENT = 0.5

/**
 * Small, thin or flat things: what the detector says when it does not know (a white car from above was a cell phone, with
 * 0.9, on frame after frame). Persistence does not help against that, so these names are never used.
 */
const SILENT: ReadonlySet<string> = new Set(
  (
    'skis,snowboard,teddy bear,tie,sports ball,frisbee,remote,kite,toothbrush,hair drier,baseball bat,baseball glove,tennis racket,' +
    'surfboard,skateboard,cell phone,mouse,keyboard,suitcase,traffic light,stop sign,parking meter,fire hydrant,toilet,vase,scissors,' +
    'knife,fork,spoon,hot dog,donut,carrot,broccoli,banana,orange,apple,sandwich,handbag,backpack,book,clock,toaster,hot dog,bear'
  ).split(','),
)

/** Things that fill a picture in which the detector knows nothing: more is asked of them. */
const STRICT_NAMES: ReadonlySet<string> = new Set('airplane,bird,boat,train,cow,sheep,horse,elephant,zebra,giraffe,cat,bed,tv'.split(','))

/** Whether the name is never used. */
export function isSilent(label: string): boolean {
  return SILENT.has(label)
}

/** A silent name weighs half against others in the vote of a track. */
const SILENT_WEIGHT = 0.5
/** Least part of the vote for the name of a track. */
const MIN_VOTE = 0.6

/** The name that the sightings of one track agree on, weighed by their scores; null when they do not. */
export function labelOfTrack(sightings: readonly { readonly label: string; readonly score: number }[]): string | null {
  const votes = new Map<string, number>()
  for (const { label, score } of sightings) votes.set(label, (votes.get(label) ?? 0) + score * (isSilent(label) ? SILENT_WEIGHT : 1))
  const total = [...votes.values()].reduce((sum, vote) => sum + vote, 0)
  const [best] = [...votes].sort((a, b) => b[1] - a[1])
  return best !== undefined && total > 0 && best[1] >= MIN_VOTE * total ? best[0] : null
}

/** Things of one kind are of about one size in this video when their quartiles are no further apart than this factor. */
const TIGHT = 2
/** So much larger than the upper quartile is then odd: one box around two cars. */
const ODD = 1.5
/** Fewer boxes than this say nothing about what is usual. */
const MIN_BOXES = 8

/** Whether a box is much larger than boxes of its kind are in this video. Areas in square pixels, in any order. */
export function isOddlyLarge(area: number, areas: readonly number[]): boolean {
  if (areas.length < MIN_BOXES) return false
  const sorted = [...areas].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor(sorted.length / 4)] ?? 0, sorted[Math.floor((sorted.length * 3) / 4)] ?? 0]
  return high <= TIGHT * low && area > ODD * high
}

/** What is known of one thing: `agreement` = mean of the second looks, null = none taken; `areaShare` of its largest box. */
export type Evidence = {
  readonly label: string
  readonly scores: readonly number[]
  readonly areaShare: number
  readonly agreement: number | null
}

/** Whether a caption may name a single detection that no track holds. */
export function isClear(label: string, score: number): boolean {
  return score >= CLEAR_SCORE && !isSilent(label) && !STRICT_NAMES.has(label)
}

/** Whether questions may rest on the thing. */
export function isReliable({ label, scores, areaShare, agreement }: Evidence): boolean {
  if (scores.length === 0 || (agreement !== null && agreement < MIN_AGREEMENT)) return false
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  if (isSilent(label)) return false
  if (STRICT_NAMES.has(label)) return scores.length >= STRICT.sightings && mean >= STRICT.mean
  if (scores.length >= MIN_SIGHTINGS && mean >= MIN_MEAN) return true
  return areaShare >= LARGE.share && scores.every((score) => score >= LARGE.score)
}
