'use client'

import { useEffect, useState } from 'react'
import { getJson } from '@/browser/api'
import { type FramesUsed, framesUsedSchema } from '@/core/selection/report-status'

/** Asked once when the panel opens. A figure beside the proposal: where it does not come, nothing stands there. */
export function useFramesUsed(projectId: string): FramesUsed | null {
  const [used, setUsed] = useState<FramesUsed | null>(null)
  useEffect(() => {
    const control = new AbortController()
    getJson(`/api/projects/${projectId}/selector-reports/frames-used`, framesUsedSchema.nullable(), { signal: control.signal }).then(
      setUsed,
      () => {},
    )
    return () => control.abort()
  }, [projectId])
  return used
}
