/**
 * The only place that loads onnxruntime. It is loaded when the first model is opened, so that a worker that never runs one pays
 * nothing. A file is checked before it is opened, and what was checked is what is opened: the bytes, not the path.
 */
import os from 'node:os'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { AppError } from '@/core/errors'
import { graphPart } from '@/core/models/graph-part'
import type { TensorInput, TensorInputs, TensorOutput, TensorOutputs } from '@/core/models/tensors'
import { stampOf } from '@/server/models/file-stamp'
import { assertSelfContained } from './onnx-file'
import { type ModelFile, readVerified } from './read-verified'

export type OnnxModel = {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** @throws AppError model_bad_answer when the model cannot work with what it was given */
  run(inputs: TensorInputs): Promise<TensorOutputs>
  release(): Promise<void>
}

/** More threads than this gain nothing on models of this size, and other jobs want to run too. */
const MAX_THREADS = 4

type Held = { readonly sha256: string; readonly stamp: string; readonly model: Promise<OnnxModel> }
/** By file and part. */
const opened = new Map<string, Held>()

/**
 * A model that stays open for this process; asked for again, the same one is given. A file that somebody touched meanwhile is held against
 * its sha256 again, so that a changed one is refused at its next use and not after the next start.
 *
 * @param output of a graph with several ends only the part that gives this one; null = all of it
 * @throws as `loadOnnxModel`
 */
export async function openOnnxModel(file: ModelFile, output: string | null = null): Promise<OnnxModel> {
  const key = `${file.path} ${output ?? ''}`
  const stamp = await stampOf(file.path)
  const present = opened.get(key)
  const isSame = present?.sha256 === file.sha256
  if (isSame && present.stamp === stamp) return present.model
  const model = isSame ? readVerified(file).then(() => present.model) : loadOnnxModel(file, output)
  const held: Held = { sha256: file.sha256, stamp, model }
  opened.set(key, held)
  // A file that is repaired later has to be looked at again.
  model.catch(() => {
    if (opened.get(key) === held) opened.delete(key)
  })
  return model
}

/** Opens a model anew; the caller releases it. @throws AppError missing_file, limit_exceeded, bad_file, model_unavailable */
export async function loadOnnxModel(file: ModelFile, output: string | null = null): Promise<OnnxModel> {
  const whole = await readVerified(file)
  assertSelfContained(whole)
  const content = (output === null ? null : graphPart(whole, output)) ?? whole
  const runtime = await loadRuntime()
  const session = await createSession(runtime, content, file)
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (inputs) => runSession(runtime, session, inputs),
    release: () => session.release(),
  }
}

type Runtime = typeof import('onnxruntime-node')

async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node')
  } catch (cause) {
    const message = `The program that runs models cannot be loaded on this machine (${os.platform()} ${os.arch()}). Choose providers that run elsewhere.`
    throw new AppError('model_unavailable', message, {}, { cause })
  }
}

async function createSession(runtime: Runtime, content: Uint8Array, file: ModelFile): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(content, {
      executionProviders: ['cpu'],
      intraOpNumThreads: Math.min(MAX_THREADS, os.availableParallelism()),
      interOpNumThreads: 1,
      // Errors only: warnings about initialisers that were not needed would fill the log.
      logSeverityLevel: 3,
    })
  } catch (cause) {
    throw new AppError('bad_file', `A model cannot be opened. ${file.remedy}`, { file: file.path }, { cause })
  }
}

async function runSession(runtime: Runtime, session: InferenceSession, inputs: TensorInputs): Promise<TensorOutputs> {
  let results: Readonly<Record<string, Tensor>>
  try {
    const feeds = Object.entries(inputs).map(([name, input]): [string, Tensor] => [name, tensorOf(runtime, input)])
    results = await session.run(Object.fromEntries(feeds))
  } catch (cause) {
    throw new AppError('model_bad_answer', 'A model could not work with what it was given.', { inputs: session.inputNames }, { cause })
  }
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, outputOf(name, tensor)]))
}

function tensorOf(runtime: Runtime, input: TensorInput): Tensor {
  return input.type === 'float32'
    ? new runtime.Tensor('float32', input.data, input.dims)
    : new runtime.Tensor('int64', input.data, input.dims)
}

function outputOf(name: string, tensor: Tensor): TensorOutput {
  const { data, dims } = tensor
  if (data instanceof Float32Array || data instanceof BigInt64Array) return { data, dims }
  throw new AppError('model_bad_answer', `A model gave its output ${name} in a type that is not known here (${tensor.type}).`)
}
