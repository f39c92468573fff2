/**
 * How good the sentence encoder is at names that no table knows: node scripts/run-ts.mjs scripts/similarity/measure.ts [--list]
 * Precision and recall over margins, in five parts: a noun that is no label is never among the contrast words that it is compared with.
 * Needs the embedded models (`--folder DIR`, else where the tests keep them).
 */
import { parseArgs } from 'node:util'
import { COCO_LABELS } from '../../core/models/coco-labels'
import { wordsOf } from '../../core/models/label-words'
import { labelsOfPhrase } from '../../core/models/phrase-labels'
import { CONTRAST_WORDS } from '../../core/selection/signals/contrast-words'
import { ANCHOR_TEXTS, LEAST_MARGIN, nearestOf, textOfPhrase } from '../../core/selection/signals/similar-labels'
import { embeddedEmbedder } from '../../worker/models/embedded-embedder'
import { TEST_MODELS } from '../paths.mjs'
import { NOUNS } from './nouns'

const PARTS = 5
const MARGINS = [0, 0.05, 0.08, 0.1, 0.12, 0.14, LEAST_MARGIN, 0.16, 0.18, 0.2]

type Noun = { readonly word: string; readonly label: string | null }
/** `share` = of one noun: a fifth, where it is asked five times. */
type Answer = Noun & { readonly found: string; readonly cosine: number; readonly margin: number; readonly share: number }

const isUnknown = (word: string) => labelsOfPhrase(word) === null
const contrast = wordsOf(CONTRAST_WORDS)
const nouns: readonly Noun[] = [
  ...COCO_LABELS.flatMap((label) => wordsOf(NOUNS[label] ?? '').map((word) => ({ word, label }))),
  ...contrast.map((word) => ({ word, label: null })),
].filter(({ word }) => word !== '' && isUnknown(word))

async function vectors(folder: string): Promise<Map<string, Float32Array>> {
  const texts = [...new Set([...ANCHOR_TEXTS, ...nouns.map(({ word }) => textOfPhrase(word))])]
  const embedder = await embeddedEmbedder(folder)
  const rows = await embedder.embed(texts)
  return new Map(texts.map((text, at) => [text, rows[at] ?? new Float32Array()]))
}

function answersOf(known: ReadonlyMap<string, Float32Array>): Answer[] {
  return nouns.flatMap((noun) => {
    const own = known.get(textOfPhrase(noun.word)) ?? []
    const parts = noun.label === null ? [contrast.indexOf(noun.word) % PARTS] : Array.from({ length: PARTS }, (_, part) => part)
    return parts.flatMap((part) => {
      const left = new Set(contrast.filter((_, at) => at % PARTS === part).map(textOfPhrase))
      const vectorOf = (text: string) => (left.has(text) ? undefined : known.get(text))
      const nearest = nearestOf(own, vectorOf)
      if (nearest === null || nearest.label === null) return []
      return [{ ...noun, found: nearest.label, cosine: nearest.cosine, margin: nearest.margin, share: 1 / parts.length }]
    })
  })
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string', default: TEST_MODELS }, list: { type: 'boolean', default: false } } })
  const answers = answersOf(await vectors(values.folder))
  const wanted = nouns.filter(({ label }) => label !== null).length
  process.stdout.write(`${nouns.length} nouns in no table, ${wanted} of them have a label; ${ANCHOR_TEXTS.length} anchors\n`)
  process.stdout.write('margin  answered  right  precision  recall\n')
  const sum = (some: readonly Answer[]) => some.reduce((total, { share }) => total + share, 0)
  for (const margin of MARGINS) {
    const given = answers.filter((answer) => answer.margin >= margin)
    const [all, right] = [sum(given), sum(given.filter(({ found, label }) => found === label))]
    const cells = [margin.toFixed(2).padStart(6), all.toFixed(1).padStart(8), right.toFixed(1).padStart(5)]
    process.stdout.write(`${cells.join('  ')}  ${(right / all).toFixed(2).padStart(9)}  ${(right / wanted).toFixed(2).padStart(6)}\n`)
  }
  if (!values.list) return
  const lowest = new Map([...answers].sort((a, b) => b.margin - a.margin).map((answer) => [answer.word, answer]))
  for (const { word, label, found, cosine, margin } of lowest.values()) {
    process.stdout.write(`${found === label ? 'right' : 'WRONG'}  ${word} → ${found} ${cosine.toFixed(2)}, margin ${margin.toFixed(3)}\n`)
  }
}

await main()
