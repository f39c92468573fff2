'use client'

import clsx from 'clsx'
import { ImageOff } from 'lucide-react'
import { useCallback, useState } from 'react'

/** A still whose place is reserved; while it is not there yet, or cannot be decoded, the place stays calm. */
export function StillImage({ src, alt = '', className }: { src: string; alt?: string; className?: string }) {
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  // A picture of the server's own HTML can fail before this code runs; its error event is gone by then.
  const noticeFailed = useCallback(
    (image: HTMLImageElement | null) => {
      if (image?.complete && image.naturalWidth === 0) setFailedSrc(src)
    },
    [src],
  )
  if (failedSrc === src) {
    return (
      <span title="This still cannot be shown" className={clsx('flex items-center justify-center bg-well text-fg-3', className)}>
        <ImageOff size={14} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: the image optimiser is off on purpose, stills come at the size they have
    <img
      ref={noticeFailed}
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      // What is read and counted goes first.
      fetchPriority="low"
      draggable={false}
      onError={() => setFailedSrc(src)}
      className={className}
    />
  )
}
