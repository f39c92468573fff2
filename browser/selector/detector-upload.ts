/**
 * Pictures for the detector on a graphics card: their bytes are sent as they are, and a shader makes planes of numbers of them. A third
 * of the traffic of numbers, and the processor is spared: 256 pictures in 0.5 s instead of 1.25 s on an H100.
 */
import { DETECTOR_PLANES, DETECTOR_SIDE } from '@/core/models/detector-io'
import { GPU_USAGE } from './gpu-usage'
import type { GpuInput } from './onnx-session'

const PLANE = DETECTOR_SIDE * DETECTOR_SIDE
const BYTES = PLANE * 4
const GROUP = 64

/** The same numbers as `planesOf` of core/models/detector-io.ts: 0 … 255 becomes −1 … 1. */
const SHADER = /* wgsl */ `
const PLANE = ${PLANE}u;
@group(0) @binding(0) var<storage, read> pixels: array<u32>;
@group(0) @binding(1) var<storage, read_write> planes: array<f32>;
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let pixel = id.x;
  if (pixel >= PLANE) { return; }
  let colour = unpack4x8unorm(pixels[id.y * PLANE + pixel]);
  let at = id.y * 3u * PLANE + pixel;
  planes[at] = colour.r * 2.0 - 1.0;
  planes[at + PLANE] = colour.g * 2.0 - 1.0;
  planes[at + 2u * PLANE] = colour.b * 2.0 - 1.0;
}`

export type DetectorUpload = {
  /** At most `batch` pictures of RGBA bytes. The answer is good until the next call. */
  prepare(pictures: readonly Uint8ClampedArray[]): GpuInput
  dispose(): void
}

const sizesOf = (batch: number) => ({ pixels: batch * BYTES, planes: batch * DETECTOR_PLANES * Float32Array.BYTES_PER_ELEMENT })

/** What the buffers for batches of that size take, in bytes. */
export function uploadBytes(batch: number): number {
  const { pixels, planes } = sizesOf(batch)
  return pixels + planes
}

export function openDetectorUpload(device: GPUDevice, batch: number): DetectorUpload {
  const sizes = sizesOf(batch)
  const pixels = device.createBuffer({ size: sizes.pixels, usage: GPU_USAGE.storage | GPU_USAGE.copyTarget })
  const planes = device.createBuffer({
    size: sizes.planes,
    usage: GPU_USAGE.storage | GPU_USAGE.copySource | GPU_USAGE.copyTarget,
  })
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: SHADER }), entryPoint: 'main' },
  })
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [
      { binding: 0, resource: { buffer: pixels } },
      { binding: 1, resource: { buffer: planes } },
    ],
  })
  return {
    prepare(pictures) {
      for (const [place, picture] of pictures.entries()) device.queue.writeBuffer(pixels, place * BYTES, picture)
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, bindGroup)
      pass.dispatchWorkgroups(Math.ceil(PLANE / GROUP), pictures.length)
      pass.end()
      device.queue.submit([encoder.finish()])
      return { type: 'float32', buffer: planes, dims: [pictures.length, 3, DETECTOR_SIDE, DETECTOR_SIDE] }
    },
    dispose() {
      pixels.destroy()
      planes.destroy()
    },
  }
}
