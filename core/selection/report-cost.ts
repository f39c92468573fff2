/** What choosing frames costs, and what the reasoner is spared by it, in floating point operations. */
import { z } from 'zod'

/**
 * Multiplications with addition of one look of the embedded detector at a picture of 300 × 300: its 88 convolutions. Counted in the
 * graph itself, as output numbers × kernel; `worker/models/model-cost.test.ts` counts again.
 */
export const DETECTOR_MACS = 748_014_512

/** An addition and a multiplication are two operations. */
const PER_MAC = 2

/**
 * The same of the embedded sentence encoder for one text of n pieces: 262,144 + 4,653,056 n + 1,536 n². Its 14 matrix products, counted
 * in the graph; exact for a text alone. In a batch every text counts as long as the longest, which is not counted here.
 *
 * @param pieces n ≥ 1
 */
export function encoderMacs(pieces: number): number {
  return 262_144 + 4_653_056 * pieces + 1_536 * pieces ** 2
}

/**
 * `looks` = pictures that go through the detector for all candidates; `questionPieces` = pieces of the question; `factPieces` = of each
 * sentence of the captions. Without texts both are 0 and empty.
 */
export type SelectorWork = {
  readonly looks: number
  readonly questionPieces: number
  readonly factPieces: readonly number[]
}

/** Work of all candidates. A method that looks at a part of them needs that part of `looks` and `facts`. Operations. */
export type SelectorFlops = { readonly looks: number; readonly facts: number; readonly question: number }

/** Operations of choosing for one question with nothing known beforehand; the arithmetic of the methods is left out as tiny. */
export function selectorFlops({ looks, questionPieces, factPieces }: SelectorWork): SelectorFlops {
  const texts = (pieces: readonly number[]) => pieces.reduce((sum, each) => sum + PER_MAC * encoderMacs(each), 0)
  return {
    looks: looks * PER_MAC * DETECTOR_MACS,
    facts: texts(factPieces),
    question: questionPieces === 0 ? 0 : texts([questionPieces]),
  }
}

/**
 * The reasoner whose frames are counted. Defaults: the paper's model of 8.5 billion parameters, 256 tokens a frame (a tile of its
 * picture encoder), 100 tokens of text; and the row of the paper's table that its own way of counting starts from, LLaVA-N-Inter with
 * 62.78 TFLOPs at 16 frames.
 */
export const reasonerSchema = z.strictObject({
  parameters: z.number().min(1e6).max(1e14).default(8.5e9),
  tokensPerFrame: z.number().min(1).max(100_000).default(256),
  textTokens: z.number().min(0).max(1_000_000).default(100),
  baseFlops: z.number().positive().default(62.78e12),
  baseFrames: z.number().positive().default(16),
})
export type Reasoner = z.infer<typeof reasonerSchema>

/**
 * `reasoner` reads the chosen frames, `all` of the candidates; `spared` = the difference; `selector` chooses; `total` = reasoner and
 * selector, which the paper leaves out; `paperStyle` = base · frames / base frames. All operations of one sample on average.
 */
export type Cost = {
  readonly reasoner: number
  readonly all: number
  readonly spared: number
  readonly selector: number
  readonly total: number
  readonly paperStyle: number
}

/**
 * 2 · P · T, T = frames · tokens a frame + text: linear in frames, so that means are enough. The 4 · L · d · T² of attention is left
 * out, as in the paper's figures: with 32 layers of 4,096 it adds 2 % at 2.36 frames and 13 % at 16.
 *
 * @param frames     mean of chosen frames
 * @param candidates mean of candidate frames
 * @param selector   mean operations of the selector
 */
export function costOf(frames: number, candidates: number, selector: number, reasoner: Reasoner): Cost {
  const read = (count: number) => 2 * reasoner.parameters * (count * reasoner.tokensPerFrame + reasoner.textTokens)
  const [own, all] = [read(frames), read(candidates)]
  return {
    reasoner: own,
    all,
    spared: all - own,
    selector,
    total: own + selector,
    paperStyle: (reasoner.baseFlops * frames) / reasoner.baseFrames,
  }
}
