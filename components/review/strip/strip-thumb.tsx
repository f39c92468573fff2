import clsx from 'clsx'
import { ImageOff } from 'lucide-react'
import type { StripBox } from './strip-types'

type StripThumbProps = {
  readonly imageUrl: string | null
  readonly imageSize: { readonly width: number; readonly height: number }
  readonly boxes: readonly StripBox[]
  readonly hoveredObjectId: string | null
}

/** The still with its boxes, whole and never cropped: what is at the edge of a frame may be the evidence. */
export function StripThumb({ imageUrl, imageSize, boxes, hoveredObjectId }: StripThumbProps) {
  if (imageUrl === null) {
    return (
      <span className="flex size-full items-center justify-center bg-well text-fg-3">
        <ImageOff size={16} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: an exact still must not pass through an image optimiser */}
      <img src={imageUrl} alt="" draggable={false} className="size-full bg-well object-contain" />
      <svg
        viewBox={`0 0 ${imageSize.width} ${imageSize.height}`}
        preserveAspectRatio="xMidYMid meet"
        className="absolute inset-0 size-full"
        aria-hidden="true"
      >
        {boxes.map((box) => (
          <g
            key={box.id}
            className={clsx(`obj-${box.colour}`, hoveredObjectId !== null && hoveredObjectId !== box.objectId && 'opacity-50')}
            fill="none"
          >
            <ThumbRect box={box} stroke="var(--box-halo)" width={3} />
            <ThumbRect box={box} stroke="var(--bc)" width={1.5} />
          </g>
        ))}
      </svg>
    </>
  )
}

function ThumbRect({ box, stroke, width }: { box: StripBox; stroke: string; width: number }) {
  const { x, y, w, h } = box.rect
  return <rect x={x} y={y} width={w} height={h} stroke={stroke} strokeWidth={width} vectorEffect="non-scaling-stroke" />
}
