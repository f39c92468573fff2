'use client'

import type Konva from 'konva'
import type { Context } from 'konva/lib/Context.js'
import { ImageOff, RotateCw } from 'lucide-react'
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Layer, Shape, Stage } from 'react-konva/es/ReactKonvaCore'
import { Button } from '@/components/ui/button'
import { StageController } from './stage-controller'
import { LAYER_NAMES, type LayerName } from './stage-scene'
import type { StageProps } from './stage-types'
import { type Still, useStill } from './use-still'

declare global {
  interface Window {
    /** Where the boxes are on the screen, for end-to-end tests. */
    __cremaStage?: Pick<StageController, 'inspect'>
  }
}

export function StageCanvas(props: StageProps) {
  const hostRef = useRef<HTMLDivElement>(null)
  const stageRef = useRef<Konva.Stage>(null)
  const [controller] = useState(() => new StageController())
  const still = useStill(props.imageUrl)

  useLayoutEffect(() => {
    controller.update({ props, picture: still.picture, state: still.state })
  })

  useEffect(() => {
    const host = hostRef.current
    const stage = stageRef.current
    if (!host || !stage) return
    const detach = controller.attach(host, stage)
    window.__cremaStage = controller
    return () => {
      detach()
      if (window.__cremaStage === controller) delete window.__cremaStage
    }
  }, [controller])

  return (
    <div className="relative size-full min-h-0 min-w-0 overflow-hidden bg-stage">
      <div
        ref={hostRef}
        role="img"
        aria-label={props.description ?? describeScene(props)}
        data-state={still.state}
        className="absolute inset-0 touch-none select-none"
      >
        <Stage ref={stageRef} width={1} height={1} listening={false}>
          {LAYER_NAMES.map((name) => (
            <PaintedLayer key={name} name={name} controller={controller} />
          ))}
        </Stage>
      </div>
      <StillNotice still={still} props={props} />
    </div>
  )
}

/** Never rendered again: a new reference or function would make konva redraw the layer with every change of any box. */
const PaintedLayer = memo(function PaintedLayer({ name, controller }: { name: LayerName; controller: StageController }) {
  const takeLayer = useCallback((layer: Konva.Layer | null) => controller.setLayer(name, layer), [name, controller])
  const paint = useCallback((context: Context) => controller.paint(name, context._context), [name, controller])
  return (
    <Layer ref={takeLayer} listening={false}>
      <Shape listening={false} perfectDrawEnabled={false} sceneFunc={paint} />
    </Layer>
  )
})

function StillNotice({ still, props }: { still: Still; props: StageProps }) {
  if (still.state === 'slow') {
    return (
      <p role="status" className="-translate-x-1/2 absolute bottom-5 left-1/2 rounded-2 bg-raised px-2.5 py-1 text-12 text-fg-2 shadow-2">
        Loading the still
      </p>
    )
  }
  if (still.state !== 'missing') return null
  const canRetry = props.imageUrl !== null
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-6 flex justify-center px-6">
      <div className="pointer-events-auto flex items-center gap-3 rounded-3 bg-raised py-2 pr-2 pl-3 shadow-2">
        <ImageOff size={16} strokeWidth={1.5} className="flex-none text-fg-3" aria-hidden />
        <div className="pr-2">
          <p className="font-medium text-12 text-fg">No picture of this frame</p>
          <p className="text-12 text-fg-2">{props.missingText ?? missingReason(canRetry)}</p>
        </div>
        {canRetry ? (
          <Button size="sm" onClick={still.retry}>
            <RotateCw size={14} strokeWidth={1.5} aria-hidden />
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  )
}

const missingReason = (canRetry: boolean) =>
  canRetry
    ? 'The still could not be loaded. The boxes are drawn where the annotation puts them.'
    : 'The frame is not tied to a frame of the video yet. Tie it in the strip below to see it.'

function describeScene(props: StageProps): string {
  if (props.boxes.length === 0) return 'Still of the current frame, without boxes'
  const names = props.boxes.map((box) => `${box.number} ${box.label}`).join(', ')
  return `Still of the current frame with ${props.boxes.length === 1 ? 'one box' : `${props.boxes.length} boxes`}: ${names}`
}
