/** Packs the benchmark into a folder that needs neither Node nor network: the page, onnxruntime, the models, a server in Python. */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { weightsForTests } from '../../worker/models/weights-for-tests'
import { bundlePage } from './bundle'
import { writeDualEncoder } from './dual-encoder-folder'
import { VIT_B_32 } from './dual-encoder-graph'
import { DUAL_ENCODER, type PackedList } from './packed-list'

const OWN = ['index.html', 'serve.py', 'run.sh']

/** @param folder made where it is missing; about 700 MB, most of it weights by chance */
export async function packWebgpu(folder: string): Promise<void> {
  const weights = await weightsForTests()
  if (weights === null) throw new Error('The embedded models are not here yet, and cannot be fetched.')
  await mkdir(path.join(folder, 'models'), { recursive: true })
  await bundlePage(path.join(import.meta.dirname, 'page.ts'), folder)
  for (const file of OWN) await copyFile(path.join(import.meta.dirname, file), path.join(folder, file))
  for (const file of ['ssd-coco.onnx', 'use-lite.onnx', 'use-lite.vocab.json']) {
    await copyFile(path.join(weights, file), path.join(folder, 'models', file))
  }
  await writeDualEncoder(path.join(folder, 'models', DUAL_ENCODER), VIT_B_32, { modelType: 'clip', resample: 3 })
  const list = [
    await listed(folder, 'ssd-coco', 'models/ssd-coco.onnx'),
    await listed(folder, 'use-lite', 'models/use-lite.onnx'),
    await listed(folder, DUAL_ENCODER, `models/${DUAL_ENCODER}/onnx/model.onnx`),
  ]
  await writeFile(path.join(folder, 'models.json'), JSON.stringify(list, null, 2))
}

async function listed(folder: string, name: string, file: string): Promise<PackedList[number]> {
  const content = await readFile(path.join(folder, file))
  return { name, file, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length }
}
