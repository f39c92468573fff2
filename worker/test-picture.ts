/** A small picture made by code, for trying a provider without sending anybody's video anywhere. */
import sharp from 'sharp'
import { frameIndexSchema } from '@/core/ids'
import type { FramePicture } from './models/roles'

const SIDE = 224

/** A red disc on grey, packed RGB. */
export async function testPicture(): Promise<FramePicture> {
  const rgb = Buffer.alloc(SIDE * SIDE * 3, 128)
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (Math.hypot(x - SIDE / 2, y - SIDE / 2) < SIDE / 4) rgb.set([200, 30, 30], (y * SIDE + x) * 3)
    }
  }
  const raw = { raw: { width: SIDE, height: SIDE, channels: 3 as const } }
  return {
    frame: { index: frameIndexSchema.parse(0), pts: 0, timeSec: 0 },
    width: SIDE,
    height: SIDE,
    rgb,
    jpeg: (maxSide) => sharp(rgb, raw).resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true }).jpeg().toBuffer(),
  }
}
