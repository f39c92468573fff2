/** A dual encoder of tests that agrees with each picture, whatever is asked, as much as the test says. */
import type { FramePicture } from './models/roles'
import type { Vision } from './select-frames-vision'

/** `pictures` and `texts` = what it was asked to encode, in that order: frame indices, questions. */
export type TestVision = Vision & { readonly pictures: number[]; readonly texts: string[] }

/** @param agreement cosine with the picture of a frame */
export function visionAgreeing(agreement: (frame: FramePicture['frame']) => number, name = 'tiny/clip'): TestVision {
  const [pictures, texts]: [number[], string[]] = [[], []]
  return {
    ...{ name, sha256: 'c'.repeat(64), pictures, texts },
    async embedPicture(picture) {
      if (!('frame' in picture)) throw new Error('no picture of a frame')
      const { frame } = picture as FramePicture
      pictures.push(frame.index)
      const cosine = agreement(frame)
      return Float32Array.of(cosine, Math.sqrt(1 - cosine * cosine))
    },
    async embedText(text) {
      texts.push(text)
      return Float32Array.of(1, 0)
    },
  }
}
