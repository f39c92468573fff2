'use client'

import { mediaUrls } from '@/browser/api'
import { nearestTau, PREVIEW_TAUS, type TauPreview } from '@/core/pipeline/previews'
import { ratioWord } from './run-words'
import { Slider } from './slider'
import { SpriteThumb } from './sprite-thumb'

type TauViewProps = { preview: TauPreview; projectId: string; tau: number; onChange: (tau: number) => void; columns?: string }

/** Kept and dropped frames of one video under a slider. Everything it shows is here already: sliding asks nobody. */
export function TauView({ preview, projectId, tau, onChange, columns = 'grid-cols-6' }: TauViewProps) {
  const at = nearestTau(tau)
  const kept = new Set(preview.kept[at])
  const src = mediaUrls.spriteUrl(projectId, preview.videoId)
  return (
    <>
      <p className="truncate text-fg-2" title={preview.videoName}>
        {preview.videoName}: <span className="num font-semibold text-fg">{kept.size} kept</span>
        <span className="num">{`, ${preview.frames.length - kept.size} dropped of ${preview.frames.length}`}</span>
      </p>
      <section
        aria-label="Frames kept and dropped"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
        className="max-h-44 overflow-y-auto rounded-1 p-[2px]"
      >
        <ul className={`grid gap-1 ${columns}`}>
          {preview.frames.map(({ frameIndex, caption }, place) => (
            <SpriteThumb key={frameIndex} sheet={preview.sprite} {...{ src, frameIndex, caption }} isKept={kept.has(place)} />
          ))}
        </ul>
      </section>
      <div>
        <KeptCurve preview={preview} at={at} />
        <Slider
          label="Near-duplicate threshold"
          value={Math.round(tau * 100)}
          min={70}
          max={100}
          step={1}
          valueText={`${ratioWord(tau)}, ${kept.size} of ${preview.frames.length} frames kept`}
          onChange={(value) => onChange(value / 100)}
        />
        <div aria-hidden className="num relative h-4 text-fg-3">
          <span className="absolute left-0">.70 keep less</span>
          <span className="-translate-x-1/2 absolute left-1/3">.80</span>
          <span className="-translate-x-1/2 absolute left-2/3">.90</span>
          <span className="absolute right-0">keep more 1.0</span>
        </div>
      </div>
    </>
  )
}

/** How many frames each threshold keeps, on average over the videos counted. */
function KeptCurve({ preview, at }: { preview: TauPreview; at: number }) {
  const most = Math.max(1, ...preview.meanKept)
  const x = (place: number) => 7 + (place / (PREVIEW_TAUS.length - 1)) * 286
  const y = (mean: number) => 26 - (mean / most) * 23
  const line = preview.meanKept.map((mean, place) => `${place === 0 ? 'M' : 'L'}${x(place).toFixed(1)} ${y(mean).toFixed(1)}`).join('')
  return (
    <svg aria-hidden viewBox="0 0 300 28" preserveAspectRatio="none" className="block h-7 w-full">
      <path d={line} fill="none" stroke="var(--fg-3)" vectorEffect="non-scaling-stroke" />
      <path d={`M${x(at)} 28V${y(preview.meanKept[at] ?? 0)}`} stroke="var(--accent-fg)" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
