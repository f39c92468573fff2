/** Bundled into the page of `selector-parity.spec.ts`: runs the selector's models as its worker does, and hands over what they gave. */
import { env, InferenceSession } from 'onnxruntime-web/webgpu'
import { openDevice } from '@/browser/selector/device'
import type { VisionPicture } from '@/browser/selector/dual-encoder'
import { openModelStore } from '@/browser/selector/models'
import { readNames } from '@/browser/selector/read-names'
import { openRuntime, type SelectorRuntime } from '@/browser/selector/runtime'
import type { KeptTable } from '@/browser/selector/selector-cache'
import type { DeviceFacts } from '@/browser/selector/selector-types'
import { startStopwatch } from '@/browser/selector/stopwatch'
import { openVision } from '@/browser/selector/vision'
import { phrasesToCompare, planQuestion } from '@/core/selection/question-plan'
import type { SignalWeights } from '@/core/selection/signals/blend'
import type { AskedThing } from '@/core/selection/signals/question-things'
import { type Given, looksOf, materialOf, TEXTS } from './material'
import { picks, QUESTIONS, SCENES, type Scene, SIDE } from './scenes'

export type PageAnswer = Given & {
  readonly facts: DeviceFacts
  readonly notes: readonly string[]
  readonly kinds: readonly string[]
  /** Chosen in the page, by dual encoder. */
  readonly picks: Readonly<Record<string, readonly string[]>>
}

declare global {
  interface Window {
    lookAtScenes(wish: 'webgpu' | 'wasm', models: readonly string[]): Promise<PageAnswer>
    /** The things of a question by the selector's own code, names in no table by the sentence encoder. */
    readQuestion(wish: 'webgpu' | 'wasm', question: string, weights: SignalWeights): Promise<readonly AskedThing[]>
    /** Opens the model with a log of all that the runtime does. */
    openLoudly(kind: 'detector' | 'encoder'): Promise<void>
  }
}

async function readScenes(): Promise<Scene[]> {
  const all = Array.from({ length: SCENES }, async (_, at) => (await fetch(`/scenes/${at}`)).arrayBuffer())
  return (await Promise.all(all)).map((bytes) => new Uint8ClampedArray(bytes))
}

async function pictureOf(pixels: Scene): Promise<VisionPicture> {
  const source = await createImageBitmap(new ImageData(pixels, SIDE, SIDE))
  return { width: SIDE, height: SIDE, source, draw: (context, width, height) => context.drawImage(source, 0, 0, width, height) }
}

async function seenBy(name: string, runtime: SelectorRuntime, scenes: readonly Scene[]): Promise<Given['vision'][string]> {
  const vision = await openVision(name, runtime)
  const encoder = await vision.pictures({})
  const pictures = await encoder.embedPictures((await Promise.all(scenes.map(pictureOf))).map((picture) => encoder.take(picture)))
  const texts = await vision.texts({})
  const questions: Float32Array[] = []
  for (const question of QUESTIONS) questions.push(await texts.embedText(question))
  await vision.release()
  return { pictures: pictures.map((vector) => Array.from(vector)), questions: questions.map((vector) => Array.from(vector)) }
}

window.lookAtScenes = async (wish, models) => {
  const notes: string[] = []
  const scenes = await readScenes()
  const options = { signal: new AbortController().signal, onProgress: () => {}, notes: (line: string) => void notes.push(line) }
  const runtime = await openRuntime(wish, options)
  const detector = await runtime.detector()
  const looks = looksOf(await detector.look(scenes), scenes)
  const texts = (await (await runtime.encoder()).embed(TEXTS)).map((vector) => Array.from(vector))
  const vision: Record<string, Given['vision'][string]> = {}
  for (const name of models) vision[name] = await seenBy(name, runtime, scenes)
  const given: Given = { looks, texts, vision }
  const { facts } = runtime
  await runtime.dispose()
  const chosen = models.map((name) => [name, picks((question) => materialOf(given, name, question))])
  return { ...given, facts: { ...facts }, notes, kinds: [detector.kind], picks: Object.fromEntries(chosen) }
}

window.readQuestion = async (wish, question, weights) => {
  const call = { signal: new AbortController().signal, onProgress: () => {} }
  const runtime = await openRuntime(wish, { ...call, notes: () => {} })
  const table = (): KeptTable => ({ entries: new Map(), save: async () => {} })
  const asked = { phrases: phrasesToCompare(question, weights), question: null, tables: { names: table(), texts: table() }, call }
  const similar = await readNames({ ...asked, watch: startStopwatch(() => performance.now()) }, runtime)
  await runtime.dispose()
  return planQuestion(question, weights, similar).things
}

window.openLoudly = async (kind) => {
  const { gpu } = await openDevice('webgpu')
  const models = openModelStore()
  const model = (await models.list()).models.find((each) => each.kind === kind)
  if (gpu === null || model === undefined) throw new Error('no adapter, or no model')
  env.logLevel = 'verbose'
  env.webgpu.adapter = gpu.adapter
  const { content } = await models.weights(model)
  await InferenceSession.create(content, { executionProviders: [{ name: 'webgpu', device: gpu.device }], logSeverityLevel: 0 })
}
