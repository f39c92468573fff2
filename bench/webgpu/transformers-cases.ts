/** The same weights by Transformers.js, with the runtime that it brings along. */
import { AutoModel, AutoProcessor, AutoTokenizer, env, RawImage } from '@huggingface/transformers'
import type { VisionPicture } from '@/browser/selector/dual-encoder'
import { contextOf, framesOf } from './bench-input'
import type { Cases, CaseWorld } from './crema-cases'
import { measure } from './measure'
import type { Measured } from './outcome'
import { DUAL_ENCODER } from './packed-list'

/** Nothing of what it does may leave the machine. */
function stayHere(threads: number): void {
  Object.assign(env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: '/models/',
    useBrowserCache: false,
    useWasmCache: false,
  })
  const wasm = env.backends.onnx.wasm
  if (wasm === undefined) throw new Error('Transformers.js came without its runtime.')
  wasm.wasmPaths = { wasm: new URL('ort-transformers/ort-wasm-simd-threaded.asyncify.wasm', location.href).href }
  wasm.numThreads = threads
}

export async function transformersCases(
  { gpu, sizes, patience, say }: CaseWorld,
  threads: number,
  compared: readonly VisionPicture[],
): Promise<Cases> {
  stayHere(threads)
  const device = gpu === null ? 'wasm' : 'webgpu'
  const measured: Measured[] = []
  const time = async (what: string, batch: number, work: () => Promise<unknown>) => {
    say(`Transformers.js, ${what}, ${batch} at a time, ${device} …`)
    measured.push(await measure({ what, by: 'transformers.js', device, batch }, patience, work))
  }
  const options = { dtype: 'fp32', device, local_files_only: true } as const
  const begin = performance.now()
  const model = await AutoModel.from_pretrained(DUAL_ENCODER, options)
  const openMs = performance.now() - begin
  const processor = await AutoProcessor.from_pretrained(DUAL_ENCODER, options)
  const tokenizer = await AutoTokenizer.from_pretrained(DUAL_ENCODER, options)
  const texts = tokenizer(['a photo'], { padding: true, truncation: true })
  const embed = async (images: readonly RawImage[]): Promise<Float32Array> => {
    const { pixel_values } = await processor(images)
    const output = await model({ ...texts, pixel_values })
    return Float32Array.from(output.image_embeds.data)
  }
  const images = (await framesOf(Math.max(...sizes.dual))).map(imageOf)
  await time('dual encoder: prepare a picture', 1, () => processor(images.slice(0, 1)))
  for (const batch of sizes.dual) await time('dual encoder: prepare and embed', batch, () => embed(images.slice(0, batch)))
  const all = await embed(compared.map(imageOf))
  const size = all.length / compared.length
  const vectors = compared.map((_, place) => unit(all.subarray(place * size, (place + 1) * size)))
  await model.dispose()
  return { models: [{ name: DUAL_ENCODER, bytes: 0, by: 'transformers.js', device, openMs }], measured, vectors }
}

function imageOf(picture: VisionPicture): RawImage {
  const context = contextOf(picture.width, picture.height)
  picture.draw(context, picture.width, picture.height)
  return new RawImage(context.getImageData(0, 0, picture.width, picture.height).data, picture.width, picture.height, 4)
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
