'use client'

import clsx from 'clsx'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'

/** A still whose place is reserved; while it is not there yet, or cannot be decoded, the place stays calm. */
export function StillImage({ src, alt = '', className }: { src: string; alt?: string; className?: string }) {
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  if (failedSrc === src) {
    return (
      <span title="This still cannot be shown" className={clsx('flex items-center justify-center bg-well text-fg-3', className)}>
        <ImageOff size={14} strokeWidth={1.5} aria-hidden />
      </span>
    )
  }
  return (
    <img src={src} alt={alt} loading="lazy" decoding="async" draggable={false} onError={() => setFailedSrc(src)} className={className} />
  )
}
