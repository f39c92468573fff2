/** Numbers on their way into a model and out of it, as plain objects: the same on the server and in the browser. */
import { AppError } from '../errors'

/** `data` in row order; `dims` = its shape. */
export type TensorInput =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
/** By the name of the input. */
export type TensorInputs = Readonly<Record<string, TensorInput>>

/** `data` in row order; `dims` = its shape. */
export type TensorOutput = { readonly data: Float32Array | BigInt64Array; readonly dims: readonly number[] }
/** By the name of the output. */
export type TensorOutputs = Readonly<Record<string, TensorOutput>>

/** An output of floats by its name. @throws AppError model_bad_answer */
export function floatsOf(outputs: TensorOutputs, name: string): Float32Array {
  const data = outputs[name]?.data
  if (data instanceof Float32Array) return data
  throw new AppError('model_bad_answer', `A model did not give the numbers called ${name}.`)
}

/** An output of whole numbers by its name. @throws AppError model_bad_answer */
export function integersOf(outputs: TensorOutputs, name: string): BigInt64Array {
  const data = outputs[name]?.data
  if (data instanceof BigInt64Array) return data
  throw new AppError('model_bad_answer', `A model did not give the whole numbers called ${name}.`)
}
