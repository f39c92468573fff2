/**
 * Pictures for a dual encoder, prepared on the graphics card: the frame goes up once as it is, and its numbers never come back. The
 * same steps as core/models/prepare-picture.ts, which says where they come from.
 */
import type { PicturePreparation, PreparationPlan } from '@/core/models/picture-preparation'
import { planTaps } from '@/core/models/prepare-picture'
import { WHOLE } from '@/core/models/resize-taps'
import { GPU_TEXTURE_USAGE, GPU_USAGE } from './gpu-usage'

/** Pixels of a side that one workgroup does. */
const TILE = 8
const FLOAT_BYTES = 4
const PLAN_BYTES = 64
/** Numbers of one column or row in the list of taps. */
const TAP = 8

const SHADER = /* wgsl */ `
struct Plan { source: vec2<i32>, size: vec2<u32>, scale: vec4<f32>, offset: vec4<f32>, isCubic: u32 }
struct Tap { first: i32, count: i32, unused0: i32, unused1: i32, shares: vec4<i32> }
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> plan: Plan;
@group(0) @binding(2) var<storage, read> taps: array<Tap>;
@group(0) @binding(3) var<storage, read_write> planes: array<f32>;

fn rounded(sum: vec3<i32>) -> vec3<i32> {
  return (sum + ${WHOLE / 2}) >> vec3<u32>(${Math.log2(WHOLE)}u);
}
fn at(x: i32, y: i32) -> vec3<i32> {
  if (x < 0 || y < 0 || x >= plan.source.x || y >= plan.source.y) { return vec3<i32>(0); }
  return vec3<i32>(round(textureLoad(picture, vec2<i32>(x, y), 0).rgb * 255.0));
}
fn bilinear(column: Tap, row: Tap) -> vec3<i32> {
  let both = (column.shares.y * row.shares.y) >> ${Math.log2(WHOLE)}u;
  let right = (column.shares.y * row.shares.x) >> ${Math.log2(WHOLE)}u;
  let x = column.first;
  let y = row.first;
  return rounded(
    (row.shares.x - right) * at(x, y) + right * at(x + 1, y) + (row.shares.y - both) * at(x, y + 1) + both * at(x + 1, y + 1)
  );
}
fn bicubic(column: Tap, row: Tap) -> vec3<i32> {
  var sum = vec3<i32>(0);
  for (var j = 0; j < 4; j++) {
    var across = vec3<i32>(0);
    for (var i = 0; i < 4; i++) { across += column.shares[i] * at(column.first + i, row.first + j); }
    sum += row.shares[j] * rounded(across);
  }
  return clamp(rounded(sum), vec3<i32>(0), vec3<i32>(255));
}

@compute @workgroup_size(${TILE}, ${TILE})
fn prepare(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= plan.size.x || id.y >= plan.size.y) { return; }
  let column = taps[id.x];
  let row = taps[plan.size.x + id.y];
  var bytes = vec3<i32>(0);
  if (column.count > 0 && row.count > 0) {
    if (plan.isCubic == 1u) { bytes = bicubic(column, row); } else { bytes = bilinear(column, row); }
  }
  let numbers = vec3<f32>(bytes) * plan.scale.rgb + plan.offset.rgb;
  let pixels = plan.size.x * plan.size.y;
  let place = id.y * plan.size.x + id.x;
  planes[place] = numbers.r;
  planes[place + pixels] = numbers.g;
  planes[place + 2u * pixels] = numbers.b;
}
`

export type PictureShader = {
  /**
   * Takes the picture before it returns; `source` may be closed then.
   *
   * @returns three planes of the plan's width × height, a buffer of the caller's to destroy
   */
  prepare(source: VideoFrame | ImageBitmap | OffscreenCanvas, plan: PreparationPlan): GPUBuffer
  dispose(): void
}

/** For models of one preparation. */
export function makePictureShader(device: GPUDevice, preparation: PicturePreparation): PictureShader {
  const module = device.createShaderModule({ code: SHADER })
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'prepare' } })
  const uniform = device.createBuffer({ size: PLAN_BYTES, usage: GPU_USAGE.uniform | GPU_USAGE.copyTarget })
  let texture: GPUTexture | null = null
  let taps: { readonly source: PreparationPlan['source']; readonly buffer: GPUBuffer } | null = null
  // Pictures of one video have one size, and so the same taps.
  const tapsFor = (plan: PreparationPlan): GPUBuffer => {
    if (taps?.source.width === plan.source.width && taps.source.height === plan.source.height) return taps.buffer
    taps?.buffer.destroy()
    const numbers = tapNumbers(plan, preparation)
    const buffer = device.createBuffer({ size: numbers.byteLength, usage: GPU_USAGE.storage | GPU_USAGE.copyTarget })
    device.queue.writeBuffer(buffer, 0, numbers)
    taps = { source: plan.source, buffer }
    return buffer
  }
  const textureFor = ({ width, height }: PreparationPlan['source']): GPUTexture => {
    if (texture?.width === width && texture.height === height) return texture
    texture?.destroy()
    const usage = GPU_TEXTURE_USAGE.textureBinding | GPU_TEXTURE_USAGE.copyTarget | GPU_TEXTURE_USAGE.renderAttachment
    texture = device.createTexture({ size: [width, height], format: 'rgba8unorm', usage })
    return texture
  }
  return {
    prepare(source, plan) {
      const { width, height } = plan
      const picture = textureFor(plan.source)
      device.queue.copyExternalImageToTexture({ source }, { texture: picture, colorSpace: 'srgb' }, [plan.source.width, plan.source.height])
      device.queue.writeBuffer(uniform, 0, planBytes(plan, preparation))
      const usage = GPU_USAGE.storage | GPU_USAGE.copySource
      const planes = device.createBuffer({ size: width * height * 3 * FLOAT_BYTES, usage })
      const entries = [
        { binding: 0, resource: picture.createView() },
        { binding: 1, resource: { buffer: uniform } },
        { binding: 2, resource: { buffer: tapsFor(plan) } },
        { binding: 3, resource: { buffer: planes } },
      ]
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
      pass.dispatchWorkgroups(Math.ceil(width / TILE), Math.ceil(height / TILE))
      pass.end()
      device.queue.submit([encoder.finish()])
      return planes
    },
    dispose() {
      texture?.destroy()
      taps?.buffer.destroy()
      uniform.destroy()
    },
  }
}

/** The struct `Plan` of the shader, byte by byte. */
function planBytes({ source, width, height }: PreparationPlan, { filter, scale, offset }: PicturePreparation): ArrayBuffer {
  const bytes = new ArrayBuffer(PLAN_BYTES)
  const [whole, broken] = [new Int32Array(bytes), new Float32Array(bytes)]
  whole.set([source.width, source.height, width, height])
  broken.set([...scale, 0, ...offset, 0], 4)
  whole.set([filter === 'bicubic' ? 1 : 0], 12)
  return bytes
}

/** The structs `Tap`: columns, then rows. */
function tapNumbers(plan: PreparationPlan, { filter }: PicturePreparation): Int32Array<ArrayBuffer> {
  const { columns, rows } = planTaps(plan, filter)
  const numbers = new Int32Array((columns.length + rows.length) * TAP)
  for (const [place, { first, shares }] of [...columns, ...rows].entries())
    numbers.set([first, shares.length, 0, 0, ...shares], place * TAP)
  return numbers
}

/** Buffers of one size, one after the other in a new one; they are destroyed. */
export function joinBuffers(device: GPUDevice, parts: readonly GPUBuffer[]): GPUBuffer {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const whole = device.createBuffer({ size, usage: GPU_USAGE.storage | GPU_USAGE.copyTarget | GPU_USAGE.copySource })
  const encoder = device.createCommandEncoder()
  let offset = 0
  for (const part of parts) {
    encoder.copyBufferToBuffer(part, 0, whole, offset, part.size)
    offset += part.size
  }
  device.queue.submit([encoder.finish()])
  for (const part of parts) part.destroy()
  return whole
}
