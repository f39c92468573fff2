/** For tests in Node: a session of the native runtime, which opens in a moment where the browser's takes seconds. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { AppError } from '@/core/errors'
import type { TensorOutputs } from '@/core/models/tensors'
import type { VerifiedModel } from './models'
import type { BrowserSession } from './onnx-session'

/** `asked` = names and sizes of what it was given, a line a run. */
export type TestSession = BrowserSession & { readonly asked: string[] }

export async function sessionForTests({ sha256, content }: Pick<VerifiedModel, 'sha256' | 'content'>): Promise<TestSession> {
  const session = await InferenceSession.create(content, { logSeverityLevel: 3 }).catch((cause: unknown) => {
    throw new AppError('bad_file', 'no model', {}, { cause })
  })
  const asked: string[] = []
  return {
    kind: 'wasm',
    device: null,
    sha256,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    asked,
    async run(given) {
      const inputs = Object.entries(typeof given === 'function' ? given() : given)
      const numbers = inputs.flatMap(([name, value]) => ('data' in value ? [[name, value] as const] : []))
      asked.push(numbers.map(([name, { dims }]) => `${name} ${dims.join('×')}`).join(', '))
      const feeds = numbers.map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)])
      const outputs: Readonly<Record<string, Tensor>> = await session.run(Object.fromEntries(feeds))
      return outputsOf(outputs)
    },
    release: () => session.release(),
  }
}

function outputsOf(tensors: Readonly<Record<string, Tensor>>): TensorOutputs {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, { data, dims }]) => {
      return data instanceof Float32Array || data instanceof BigInt64Array ? [[name, { data, dims }]] : []
    }),
  )
}
