/**
 * Pictures for a dual encoder, prepared on the graphics card: the frame goes up once as it is, and its numbers never come back. The
 * same steps as core/models/prepare-picture.ts, which says where they come from.
 */
import type { PicturePreparation, PreparationPlan } from '@/core/models/picture-preparation'
import { CUBIC_STEPS, CUBIC_WHOLE } from '@/core/models/prepare-picture'
import { GPU_TEXTURE_USAGE, GPU_USAGE } from './gpu-usage'

/** Pixels of a side that one workgroup does. */
const TILE = 8
const FLOAT_BYTES = 4
const PLAN_BYTES = 80

const SHADER = /* wgsl */ `
struct Plan {
  source: vec2<u32>, resized: vec2<u32>, start: vec2<i32>, size: vec2<u32>,
  scale: vec4<f32>, offset: vec4<f32>, isCubic: u32,
}
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> plan: Plan;
@group(0) @binding(2) var<storage, read_write> planes: array<f32>;

const WHOLE = ${CUBIC_WHOLE}.0;

struct Taps { first: i32, count: i32, shares: vec4<f32> }

fn tapsOf(at: i32, source: u32, resized: u32) -> Taps {
  if (at < 0 || at >= i32(resized)) { return Taps(0, 0, vec4<f32>(0.0)); }
  let place = u32(at) * source;
  let first = i32(place / resized);
  if (source == resized) { return Taps(first, 1, vec4<f32>(select(1.0, WHOLE, plan.isCubic == 1u), 0.0, 0.0, 0.0)); }
  let part = f32(place % resized) / f32(resized);
  if (plan.isCubic == 0u) { return Taps(first, 2, vec4<f32>(1.0 - part, part, 0.0, 0.0)); }
  let t = floor(part * ${CUBIC_STEPS}.0 + 0.5) / ${CUBIC_STEPS}.0;
  let t2 = t * t;
  let t3 = t2 * t;
  let shares = vec4<f32>(-0.5 * t + t2 - 0.5 * t3, 1.0 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2.0 * t2 - 1.5 * t3, 0.5 * t3 - 0.5 * t2);
  return Taps(first - 1, 4, trunc(shares * WHOLE));
}

fn rounded(sum: vec3<f32>) -> vec3<f32> {
  return floor(select(sum, sum / WHOLE, plan.isCubic == 1u) + 0.5);
}

@compute @workgroup_size(${TILE}, ${TILE})
fn prepare(@builtin(global_invocation_id) at: vec3<u32>) {
  if (at.x >= plan.size.x || at.y >= plan.size.y) { return; }
  let column = tapsOf(i32(at.x) + plan.start.x, plan.source.x, plan.resized.x);
  let row = tapsOf(i32(at.y) + plan.start.y, plan.source.y, plan.resized.y);
  var sum = vec3<f32>(0.0);
  for (var j = 0; j < row.count; j++) {
    let y = row.first + j;
    if (y < 0 || y >= i32(plan.source.y)) { continue; }
    var across = vec3<f32>(0.0);
    for (var i = 0; i < column.count; i++) {
      let x = column.first + i;
      if (x < 0 || x >= i32(plan.source.x)) { continue; }
      across += column.shares[i] * round(textureLoad(picture, vec2<i32>(x, y), 0).rgb * 255.0);
    }
    // The cubic filter rounds on the way, too.
    sum += row.shares[j] * select(across, rounded(across), plan.isCubic == 1u);
  }
  let bytes = clamp(rounded(sum), vec3<f32>(0.0), vec3<f32>(255.0));
  let numbers = bytes * plan.scale.rgb + plan.offset.rgb;
  let pixels = plan.size.x * plan.size.y;
  let place = at.y * plan.size.x + at.x;
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
        { binding: 2, resource: { buffer: planes } },
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
      uniform.destroy()
    },
  }
}

/** The struct `Plan` of the shader, byte by byte. */
function planBytes(
  { source, resized, left, top, width, height }: PreparationPlan,
  { filter, scale, offset }: PicturePreparation,
): ArrayBuffer {
  const bytes = new ArrayBuffer(PLAN_BYTES)
  const [whole, broken] = [new Int32Array(bytes), new Float32Array(bytes)]
  whole.set([source.width, source.height, resized.width, resized.height, left, top, width, height])
  broken.set([...scale, 0, ...offset, 0], 8)
  whole.set([filter === 'bicubic' ? 1 : 0], 16)
  return bytes
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
