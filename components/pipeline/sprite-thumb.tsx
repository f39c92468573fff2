import clsx from 'clsx'
import { tileNear } from '@/components/review/player/sprite-tile'
import type { SpriteSheet } from '@/core/pipeline/previews'

type ThumbProps = { sheet: SpriteSheet | null; src: string; frameIndex: number; isKept: boolean; caption: string }

/** The small picture nearest to a frame, cut out of the video's sheet: one file for all of them, nothing decoded. */
export function SpriteThumb({ sheet, src, frameIndex, isKept, caption }: ThumbProps) {
  const tile = sheet === null ? null : tileNear({ ...sheet, url: src }, frameIndex)
  const place = (at: number, size: number, count: number) => (count <= 1 ? 0 : (at / (size * (count - 1))) * 100)
  return (
    <li
      title={`Frame ${frameIndex}, ${isKept ? 'kept' : 'dropped'}: ${caption}`}
      className={clsx('relative aspect-video overflow-hidden rounded-1 bg-well', isKept && 'shadow-[0_0_0_1.5px_var(--accent-fg)]')}
    >
      {tile === null || sheet === null ? null : (
        <span
          className={clsx('absolute inset-0', !isKept && 'opacity-25 grayscale')}
          style={{
            backgroundImage: `url("${src}")`,
            backgroundSize: `${sheet.columns * 100}% ${sheet.rows * 100}%`,
            backgroundPosition: `${place(tile.x, sheet.tileWidth, sheet.columns)}% ${place(tile.y, sheet.tileHeight, sheet.rows)}%`,
          }}
        />
      )}
      <span className="sr-only">{`Frame ${frameIndex} ${isKept ? 'kept' : 'dropped'}`}</span>
    </li>
  )
}
