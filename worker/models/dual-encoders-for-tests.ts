/** For tests: small random dual encoders in the layout of Hugging Face. */
import path from 'node:path'
import { type FolderKind, writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { registerModel } from './register-model'
import { emptyModelsFolder } from './registered-for-tests'

/** By name: both libraries of weights, in one graph and in two. */
export const DUAL_ENCODERS: readonly (readonly [string, FolderKind])[] = [
  ['one/clip', { modelType: 'clip', resample: 3 }],
  ['one/siglip', { modelType: 'siglip', resample: 2 }],
  ['two/clip', { modelType: 'clip', resample: 3, isSplit: true }],
  ['two/siglip', { modelType: 'siglip', resample: 2, isSplit: true }],
]

/** A folder of models with those of `DUAL_ENCODERS`, registered; the caller removes it. */
export async function dualEncodersFolder(): Promise<string> {
  const root = await emptyModelsFolder()
  for (const [name, kind] of DUAL_ENCODERS) {
    await writeDualEncoder(path.join(root, name), SMALL, kind)
    await registerModel(path.join(root, name), root)
  }
  return root
}
