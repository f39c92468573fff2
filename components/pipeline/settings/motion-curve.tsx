import { formatLength } from '@/components/project/numbers'
import { type MotionPreview, resample } from '@/core/pipeline/previews'
import type { SamplingSettings } from '@/core/pipeline/settings'

const [WIDTH, HEIGHT] = [1000, 96]
/** More ticks than this would be one grey bar. */
const MAX_TICKS = 400

/** Motion over time with both thresholds, the rate of each shot, and a tick for each frame that is taken. */
export function MotionCurve({ preview, rule }: { preview: MotionPreview; rule: SamplingSettings }) {
  const { rates, framesSec } = resample(preview.shots, rule)
  const length = Math.max(preview.durationSec, 0.001)
  const top = Math.max(rule.fastFrom * 1.3, ...preview.curve.map(({ motion }) => motion), 0.001)
  const x = (sec: number) => (sec / length) * WIDTH
  const y = (motion: number) => HEIGHT - (motion / top) * (HEIGHT - 6)
  const line = preview.curve
    .map(({ timeSec, motion }, at) => `${at === 0 ? 'M' : 'L'}${x(timeSec).toFixed(1)} ${y(motion).toFixed(1)}`)
    .join('')
  const ticks = framesSec.length <= MAX_TICKS ? framesSec : []
  const before = preview.framesSec.length
  return (
    <figure className="rounded-3 border border-line bg-panel p-4">
      <figcaption className="mb-2 truncate text-fg-2">
        {preview.videoName}: <span className="num font-semibold text-fg">{framesSec.length} frames</span>
        <span className="num">{framesSec.length === before ? ', as in the last run' : `, ${before} in the last run`}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`Motion over ${formatLength(length)}, ${framesSec.length} frames taken`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-24 w-full"
      >
        {preview.shots.map((shot, at) => (
          <rect
            key={shot.startSec}
            x={x(shot.startSec)}
            width={Math.max(0, x(shot.endSec) - x(shot.startSec) - 1)}
            height={HEIGHT}
            fill={at % 2 === 0 ? 'var(--bg-well)' : 'transparent'}
          />
        ))}
        {[rule.dynamicFrom, rule.fastFrom].map((from) => (
          <path
            key={from}
            d={`M0 ${y(from)}H${WIDTH}`}
            stroke="var(--line-control)"
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d={line} fill="none" stroke="var(--fg-2)" strokeWidth={1.25} vectorEffect="non-scaling-stroke" />
      </svg>
      <svg aria-hidden viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" className="mt-1 block h-2.5 w-full">
        {ticks.map((sec) => (
          <path key={sec} d={`M${x(sec).toFixed(2)} 0V10`} stroke="var(--accent-fg)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <ol aria-label="Rate of each shot" className="mt-1 flex text-10 text-fg-3">
        {preview.shots.map((shot, at) => (
          <li
            key={shot.startSec}
            title={`Shot ${at + 1}: motion ${shot.motion.toFixed(3)}, ${rates[at]} fps`}
            className="num truncate border-line border-l pl-1"
            style={{ width: `${((shot.endSec - shot.startSec) / length) * 100}%` }}
          >
            {rates[at]} fps
          </li>
        ))}
      </ol>
    </figure>
  )
}
