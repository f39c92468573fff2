/**
 * Runs in the browser: mounts the stage of the review screen, or a bare konva stage with one draggable rectangle as the
 * yardstick, and moves a box by one pointer event a frame. Bundled and driven by `box-drag.ts`.
 */
import Konva from 'konva'
import { createElement, StrictMode, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { QUIET_PROPS } from '@/components/review/stage/stage.fixture'
import { StageCanvas } from '@/components/review/stage/stage-canvas'
import type { ColourNumber, StageBox } from '@/components/review/stage/stage-types'

const IMAGE = { width: 1280, height: 720 }
const GRIP = { x: 100, y: 100 }

export type DragFigures = { readonly framesPerSec: number; readonly p95FrameMs: number; readonly moved: number }
export type DragBench = {
  mountBare(): Promise<void>
  mountStage(count: number): Promise<void>
  drag(frames: number): Promise<DragFigures>
}

declare global {
  interface Window {
    dragBench?: DragBench
  }
}

/** How often the box has been drawn at a new place. */
let moves = 0
let eventType: 'mousemove' | 'pointermove' = 'mousemove'
let target: Element | null = null
let root: Root | null = null

const COLOURS: readonly ColourNumber[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** The first box is the one that is dragged; the others lie all over the picture. */
function boxesOf(count: number): StageBox[] {
  return Array.from({ length: count }, (_, place) => ({
    id: `b${place}`,
    objectId: `o${place % 8}`,
    number: (place % 8) + 1,
    colour: COLOURS[place % 8] ?? 1,
    label: `thing ${place}`,
    rect: place === 0 ? { x: 60, y: 60, w: 200, h: 150 } : { x: (place * 97) % 1180, y: (place * 61) % 640, w: 80, h: 60 },
    isDimmed: false,
    verdict: 'unseen' as const,
  }))
}

function Owner({ count, picture }: { count: number; picture: string }) {
  const [boxes, setBoxes] = useState(() => boxesOf(count))
  return createElement(StageCanvas, {
    ...QUIET_PROPS,
    imageUrl: picture,
    imageSize: IMAGE,
    boxes,
    selectedBoxId: 'b0',
    // The owner commits each report, as the review screen does.
    onChange: (boxId, rect) => {
      moves += 1
      setBoxes((before) => before.map((box) => (box.id === boxId ? { ...box, rect } : box)))
    },
  })
}

function freshHost(): HTMLElement {
  root?.unmount()
  root = null
  document.body.replaceChildren()
  const host = document.createElement('div')
  host.style.cssText = 'position:absolute;left:0;top:0;width:1280px;height:720px'
  document.body.append(host)
  return host
}

async function paintedPicture(): Promise<string> {
  const canvas = document.createElement('canvas')
  canvas.width = IMAGE.width
  canvas.height = IMAGE.height
  const context = canvas.getContext('2d')
  for (let x = 0; x < 64; x++) {
    if (context) context.fillStyle = `hsl(${x * 5} 40% ${30 + (x % 7) * 6}%)`
    context?.fillRect(x * 20, 0, 20, IMAGE.height)
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ? URL.createObjectURL(blob) : ''
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => requestAnimationFrame(resolve))
}

window.dragBench = {
  async mountBare() {
    const host = freshHost()
    const stage = new Konva.Stage({ container: freshInner(host), width: 1280, height: 720 })
    const layer = new Konva.Layer()
    const rect = new Konva.Rect({ x: 60, y: 60, width: 200, height: 150, fill: 'teal', stroke: 'black', strokeWidth: 2, draggable: true })
    rect.on('dragmove', () => {
      moves += 1
    })
    stage.add(layer.add(rect))
    eventType = 'mousemove'
    target = stage.content
  },
  async mountStage(count) {
    const host = freshHost()
    root = createRoot(host)
    root.render(createElement(StrictMode, null, createElement(Owner, { count, picture: await paintedPicture() })))
    await until(() => window.__cremaStage?.inspect().length === count)
    eventType = 'pointermove'
    target = host.querySelector('[role="img"]')
  },
  drag(frames) {
    moves = 0
    const stamps: number[] = []
    return new Promise((resolve) => {
      const tick = (now: number) => {
        stamps.push(now)
        if (stamps.length > frames) return resolve(figuresOf(stamps))
        requestAnimationFrame(tick)
        const angle = stamps.length / 12
        const at = { clientX: GRIP.x + 60 + 50 * Math.sin(angle), clientY: GRIP.y + 60 + 50 * Math.cos(angle) }
        const init = { ...at, bubbles: true, cancelable: true, buttons: 1 }
        target?.dispatchEvent(
          eventType === 'mousemove' ? new MouseEvent(eventType, init) : new PointerEvent(eventType, { ...init, pointerId: 1 }),
        )
      }
      requestAnimationFrame(tick)
    })
  },
}

function freshInner(host: HTMLElement): HTMLDivElement {
  const inner = document.createElement('div')
  host.append(inner)
  return inner
}

function figuresOf(stamps: readonly number[]): DragFigures {
  const gaps = stamps.slice(1).map((stamp, place) => stamp - (stamps[place] ?? stamp))
  const elapsedMs = (stamps.at(-1) ?? 0) - (stamps[0] ?? 0)
  const sorted = [...gaps].sort((a, b) => a - b)
  return { framesPerSec: (moves / elapsedMs) * 1000, p95FrameMs: sorted[Math.floor(sorted.length * 0.95)] ?? 0, moved: moves }
}
