'use client'

import dynamic from 'next/dynamic'
import type { StageProps } from './stage-types'

/** Konva touches the canvas when it is loaded, so the stage exists in the browser only; its ground is there from the start. */
const StageCanvas = dynamic(() => import('./stage-canvas').then((module) => module.StageCanvas), {
  ssr: false,
  loading: () => <div className="size-full bg-stage" />,
})

export function ReviewStage(props: StageProps) {
  return <StageCanvas {...props} />
}
