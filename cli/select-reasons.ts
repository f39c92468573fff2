/** Why frames of a video were chosen: `crema select --video … --explain`. */
import type { FrameChoice } from '@/core/selection/frame-choice'

/** `nearest` names the frame index of the chosen frame that is most alike, with the cosine of both. */
export function reasonsOf({ chosen, lookedAt }: FrameChoice) {
  const indexAt = new Map(chosen.map(({ at, index }) => [at, index]))
  const frames = chosen.map(({ index, timeSec, relevance, signals, coverageGain, nearest, asked }) => ({
    index,
    timeSec,
    relevance,
    signals,
    coverageGain,
    nearest: nearest === null ? null : { index: indexAt.get(nearest.at) ?? null, cosine: nearest.cosine },
    shows: asked.filter(({ isShown }) => isShown === true).map(({ phrase }) => phrase),
  }))
  return { lookedAt, frames }
}

/** One line a frame, columns parted by tabs. */
export function reasonsTable({ lookedAt, frames }: ReturnType<typeof reasonsOf>): string {
  const lines = frames.map(({ index, timeSec, relevance, signals, coverageGain, nearest, shows }) => {
    const shares = Object.entries(signals).map(([name, share]) => `${name} ${share.toFixed(2)}`)
    const twin = nearest === null ? '–' : `${nearest.index} (${nearest.cosine.toFixed(2)})`
    return [
      index,
      timeSec.toFixed(3),
      relevance.toFixed(4),
      shares.join(', '),
      coverageGain.toFixed(2),
      twin,
      shows.join(', ') || '–',
    ].join('\t')
  })
  return [`${lookedAt} frames were scored`, 'index\tseconds\trelevance\tsignals\tadds\tmost like\tshows', ...lines].join('\n')
}
