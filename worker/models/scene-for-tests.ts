/** A drawn picture on which the detector finds two things: a clock on the left, a traffic light on the right. */
import sharp from 'sharp'
import { frameIndexSchema } from '@/core/ids'
import type { Rect } from '@/core/records'
import type { FramePicture } from './roles'

export const SCENE = { width: 1280, height: 720 }
export const CLOCK: Rect = { x: 110, y: 160, w: 400, h: 400 }
export const LIGHT: Rect = { x: 860, y: 140, w: 170, h: 430 }

const hours = Array.from(
  { length: 12 },
  (_, hour) => `<rect x="-5" y="-165" width="10" height="30" fill="#111" transform="rotate(${hour * 30})"/>`,
)
const lamps = ['#ee3333', '#554433', '#225522'].map((fill, row) => `<circle cx="945" cy="${215 + row * 140}" r="58" fill="${fill}"/>`)
const DRAWING = `<svg width="${SCENE.width}" height="${SCENE.height}" xmlns="http://www.w3.org/2000/svg">
  <rect width="1280" height="720" fill="#9fb4c4"/>
  <g transform="translate(310 360)">
    <circle r="200" fill="#222222"/><circle r="180" fill="#fafafa"/>${hours.join('')}
    <rect x="-6" y="-120" width="12" height="120" fill="#111"/><rect x="-7" y="0" width="14" height="85" fill="#111" transform="rotate(-110)"/>
  </g>
  <rect x="860" y="140" width="170" height="430" rx="26" fill="#1a1a1a"/>${lamps.join('')}<rect x="930" y="570" width="30" height="150" fill="#333"/>
</svg>`

export function pictureOf(width: number, height: number, rgb: Buffer): FramePicture {
  return {
    frame: { index: frameIndexSchema.parse(0), pts: 0, timeSec: 0 },
    ...{ width, height, rgb },
    jpeg: () => Promise.reject(new Error('the embedded models need no JPEG')),
  }
}

export async function sceneForTests(): Promise<FramePicture> {
  return pictureOf(SCENE.width, SCENE.height, await sharp(Buffer.from(DRAWING)).removeAlpha().raw().toBuffer())
}
