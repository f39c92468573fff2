/** The pictures of the parity test: drawn things that the detector knows, as the detector takes them. */
import sharp, { type Region } from 'sharp'
import { sceneForTests } from '@/worker/models/scene-for-tests'
import { SCENES, type Scene, SIDE } from './scenes'

const LEFT: Region = { left: 0, top: 0, width: 640, height: 720 }
const RIGHT: Region = { left: 640, top: 0, width: 640, height: 720 }

/** RGBA of 300 × 300, `SCENES` of them. */
export async function drawScenes(): Promise<Scene[]> {
  const { rgb, width, height } = await sceneForTests()
  const whole = () => sharp(rgb, { raw: { width, height, channels: 3 } })
  const scenes = [whole(), whole().extract(LEFT), whole().extract(RIGHT), whole().linear(0.7, 0)]
  return Promise.all(
    scenes.slice(0, SCENES).map(async (scene) => {
      const squeezed = await scene.resize(SIDE, SIDE, { fit: 'fill' }).ensureAlpha().raw().toBuffer()
      return new Uint8ClampedArray(squeezed)
    }),
  )
}
