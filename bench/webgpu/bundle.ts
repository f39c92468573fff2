/** A page of the selector's own browser modules without the app around it, for what has to be measured or compared alone. */
import { copyFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { ROOT } from '../../scripts/paths.mjs'

/** onnxruntime finds its wasm file and its threads by its own address, so it stays a file of its own. */
const RUNTIME = /^onnxruntime-web\/webgpu$/
const RUNTIME_FILES = ['ort.webgpu.bundle.min.mjs', 'ort-wasm-simd-threaded.asyncify.wasm']
const require = createRequire(path.join(ROOT, 'package.json'))

/** Folder of the files of onnxruntime-web as the given package finds it: Transformers.js has a copy of its own. */
const runtimeOf = (owner: string) => path.dirname(createRequire(owner).resolve('onnxruntime-web'))
const isOfTransformers = (importer: string) => importer.includes(`${path.sep}transformers${path.sep}`)

const apart: Plugin = {
  name: 'runtime-apart',
  setup: (setup) => {
    setup.onResolve({ filter: RUNTIME }, ({ importer }) => {
      const folder = isOfTransformers(importer) ? 'ort-transformers' : 'ort'
      return { path: `./${folder}/${RUNTIME_FILES[0]}`, external: true }
    })
  },
}

/**
 * Writes page.mjs and the runtime beside it.
 *
 * @param entry the script of the page, an absolute path
 */
export async function bundlePage(entry: string, folder: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: { page: entry },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    absWorkingDir: ROOT,
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    plugins: [apart],
    metafile: true,
    logLevel: 'error',
  })
  await copyRuntime(runtimeOf(path.join(ROOT, 'package.json')), path.join(folder, 'ort'))
  const hasTransformers = Object.keys(metafile.inputs).some((file) => file.includes('@huggingface/transformers'))
  if (hasTransformers) await copyRuntime(runtimeOf(require.resolve('@huggingface/transformers')), path.join(folder, 'ort-transformers'))
}

async function copyRuntime(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const file of RUNTIME_FILES) await copyFile(path.join(from, file), path.join(to, file))
}
