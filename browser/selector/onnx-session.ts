/** The only place of the browser that loads onnxruntime. One build of it serves the graphics card and the processor. */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/webgpu'
import { AppError } from '@/core/errors'
import type { TensorInput, TensorOutput, TensorOutputs } from '@/core/models/tensors'
import type { Gpu } from './device'
import type { VerifiedModel } from './models'

/** Numbers that lie on the graphics card already; the buffer stays the caller's, and may be larger than the numbers. */
export type GpuInput = { readonly type: 'float32'; readonly buffer: GPUBuffer; readonly dims: readonly number[] }
/** By the name of the input. */
export type SessionInputs = Readonly<Record<string, TensorInput | GpuInput>>

export type BrowserSession = {
  readonly kind: 'webgpu' | 'wasm'
  /** Where buffers of a `GpuInput` must come from; null on the processor. */
  readonly device: GPUDevice | null
  readonly sha256: string
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /**
   * Outputs lie in ordinary memory. Inputs may be made when the turn of the run has come, which buffers that are used again need.
   *
   * @throws AppError model_bad_answer when the model cannot work with what it was given, unavailable when the device is gone
   */
  run(inputs: SessionInputs | (() => SessionInputs)): Promise<TensorOutputs>
  release(): Promise<void>
}

/** To be said before the first session; later it has no effect. */
export function configureRuntime(threads: number): void {
  env.logLevel = 'error'
  env.wasm.numThreads = threads
}

/** Bytes from which on the runtime may have no room for a model: 32-bit memory holds it twice while it opens. 1.66 GB were too much. */
const LARGE = 1e9

/** @throws AppError bad_file when the runtime cannot open it */
export async function openOnnxSession({ name, sha256, content }: VerifiedModel, gpu: Gpu | null): Promise<BrowserSession> {
  // Else the runtime would ask for an adapter of its own, and takes the first null for an answer.
  if (gpu !== null) env.webgpu.adapter = gpu.adapter
  const session = await InferenceSession.create(content, {
    executionProviders: [gpu === null ? 'wasm' : { name: 'webgpu', device: gpu.device }],
    // Errors only: warnings about constants that were not needed would fill the console.
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    const size =
      content.byteLength > LARGE
        ? ` Its ${Math.round(content.byteLength / 1e6)} MB may be too much for it: register a smaller form of it.`
        : ''
    throw new AppError('bad_file', `The model ${name} cannot be opened in this browser.${size}`, { model: name }, { cause })
  })
  return {
    kind: gpu === null ? 'wasm' : 'webgpu',
    device: gpu?.device ?? null,
    sha256,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs) => runSession(session, name, typeof inputs === 'function' ? inputs() : inputs),
    release: () => session.release(),
  }
}

async function runSession(session: InferenceSession, name: string, inputs: SessionInputs): Promise<TensorOutputs> {
  const feeds = Object.entries(inputs).map(([input, value]): [string, Tensor] => [input, tensorOf(value)])
  try {
    const results = await session.run(Object.fromEntries(feeds))
    const outputs = Object.entries(results).map(([output, tensor]): [string, TensorOutput] => [output, outputOf(output, tensor)])
    return Object.fromEntries(outputs)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('model_bad_answer', `The model ${name} could not work with what it was given.`, { model: name }, { cause })
  } finally {
    for (const [, tensor] of feeds) tensor.dispose()
  }
}

function tensorOf(input: TensorInput | GpuInput): Tensor {
  if ('buffer' in input) return Tensor.fromGpuBuffer(input.buffer, { dataType: input.type, dims: input.dims })
  return input.type === 'float32' ? new Tensor('float32', input.data, input.dims) : new Tensor('int64', input.data, input.dims)
}

function outputOf(name: string, tensor: Tensor): TensorOutput {
  const { data, dims } = tensor
  if (data instanceof Float32Array || data instanceof BigInt64Array) return { data, dims }
  throw new AppError('model_bad_answer', `A model gave its output ${name} in a type that is not known here (${tensor.type}).`)
}
