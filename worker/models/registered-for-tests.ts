/** For tests: tiny models in the layout of Hugging Face, made by code, that Transformers.js opens like the large ones. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomFrom } from '@/core/pipeline/random'
import { SCENES } from '@/e2e/model-server/scene-words'
import { OnnxGraph, type Port } from '@/scripts/weights/onnx-graph'
import { wordTokenizer } from '@/scripts/weights/word-tokenizer'

const PLAIN_WORDS = ['[PAD]', '[UNK]', 'red', 'green', 'blue', 'dog', 'a', 'photo', 'of', '.', 'frame']
/** What the scripted model server says, so that its sentences differ: each word points somewhere. */
const SCENE_WORDS = [...new Set(SCENES.flatMap((scene) => scene.toLowerCase().match(/[a-z]+/g) ?? []))].filter(
  (word) => !PLAIN_WORDS.includes(word),
)
const WORDS = [...PLAIN_WORDS, ...SCENE_WORDS]
const random = randomFrom(7)
/** One vector a word: colours point where their channel does. */
const VECTORS = [
  [0, 0, 0],
  [0.1, 0.1, 0.1],
  [9, 0, 0],
  [0, 9, 0],
  [0, 0, 9],
  [3, 3, 0],
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
  [1, 1, 1],
  ...SCENE_WORDS.map(() => [0, 1, 2].map(() => 12 * random() - 6)),
]

const ids: Port = { name: 'input_ids', element: 'int64', shape: ['batch', 'words'] }
const mask: Port = { name: 'attention_mask', element: 'int64', shape: ['batch', 'words'] }
const pixels: Port = { name: 'pixel_values', element: 'float', shape: ['pictures', 3, 'height', 'width'] }
const out = (name: string): Port => ({ name, element: 'float', shape: null })

function words(graph: OnnxGraph): string {
  return graph.floats('words', [WORDS.length, 3], VECTORS.flat())
}

/** Every token knows the whole text, the first one too: it stands for the text in models of the BGE class. */
function embedderGraph(): Uint8Array {
  const graph = new OnnxGraph()
  const each = graph.add('Gather', [words(graph), 'input_ids'], { axis: 0 })
  graph.add('Add', [each, graph.add('ReduceSum', [each, graph.integers([1])], { keepdims: 1 })], {}, 'last_hidden_state')
  return graph.encode('tiny embedder', [ids, mask], [out('last_hidden_state')])
}

/** A text is the mean of its words, a picture the mean of its pixels. */
function clipGraph(): Uint8Array {
  const graph = new OnnxGraph()
  graph.add('ReduceMean', [graph.add('Gather', [words(graph), 'input_ids'], { axis: 0 })], { axes: [1], keepdims: 0 }, 'text_embeds')
  graph.add('ReduceMean', ['pixel_values'], { axes: [2, 3], keepdims: 0 }, 'image_embeds')
  graph.add('Identity', ['image_embeds'], {}, 'logits_per_image')
  return graph.encode('tiny clip', [ids, mask, pixels], [out('text_embeds'), out('image_embeds'), out('logits_per_image')])
}

/** Two boxes whatever the picture: a sure one in the middle, an unsure one that reaches over the edge. */
function detectorGraph(): Uint8Array {
  const graph = new OnnxGraph()
  graph.add('Identity', [graph.floats('sure', [1, 2, 1], [2, -1])], {}, 'logits')
  graph.add('Identity', [graph.floats('boxes', [1, 2, 4], [0.5, 0.5, 0.2, 0.4, 0.95, 0.9, 0.3, 0.4])], {}, 'pred_boxes')
  return graph.encode('tiny detector', [ids, mask, pixels], [out('logits'), out('pred_boxes')])
}

/** The same two boxes from a graph with the inputs and outputs of GroundingDINO: a logit for each of 256 places in the text. */
function groundingGraph(): Uint8Array {
  const graph = new OnnxGraph()
  const places = 256
  const logits = [2, -1].flatMap((sure) => Array.from({ length: places }, (_, place) => (place === 1 ? sure : -9)))
  graph.add('Identity', [graph.floats('sure', [1, 2, places], logits)], {}, 'logits')
  graph.add('Identity', [graph.floats('boxes', [1, 2, 4], [0.5, 0.5, 0.2, 0.4, 0.95, 0.9, 0.3, 0.4])], {}, 'pred_boxes')
  const kinds: Port = { ...ids, name: 'token_type_ids' }
  const pixelMask: Port = { name: 'pixel_mask', element: 'int64', shape: ['pictures', 'height', 'width'] }
  return graph.encode('tiny grounding', [ids, kinds, mask, pixels, pixelMask], [out('logits'), out('pred_boxes')])
}

const KINDS = {
  embedder: { graph: embedderGraph, config: { model_type: 'bert', architectures: ['BertModel'] }, preprocessor: null },
  clip: {
    graph: clipGraph,
    config: { model_type: 'clip', architectures: ['CLIPModel'] },
    preprocessor: { image_processor_type: 'CLIPImageProcessor', feature_extractor_type: 'CLIPFeatureExtractor' },
  },
  detector: {
    graph: detectorGraph,
    config: { model_type: 'owlvit', architectures: ['OwlViTForObjectDetection'] },
    preprocessor: { image_processor_type: 'OwlViTImageProcessor', feature_extractor_type: 'OwlViTFeatureExtractor' },
  },
  grounding: {
    graph: groundingGraph,
    config: { model_type: 'grounding-dino', architectures: ['GroundingDinoForObjectDetection'] },
    preprocessor: {
      image_processor_type: 'GroundingDinoImageProcessor',
      feature_extractor_type: 'GroundingDinoImageProcessor',
      processor_class: 'GroundingDinoProcessor',
    },
  },
} as const

const tokenizer = wordTokenizer(WORDS)

export async function emptyModelsFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'crema-registered-'))
}

/** Puts a model into the folder of registered models, not registered yet. Gives back its own folder. */
export async function putModel(root: string, name: string, kind: keyof typeof KINDS): Promise<string> {
  const folder = path.join(root, ...name.split('/'))
  const { graph, config, preprocessor } = KINDS[kind]
  const files: Record<string, string | Uint8Array> = {
    'config.json': JSON.stringify(config),
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'PreTrainedTokenizer',
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      model_max_length: 64,
    }),
    'onnx/model.onnx': graph(),
  }
  if (preprocessor) {
    const size = { height: 32, width: 32 }
    files['preprocessor_config.json'] = JSON.stringify({
      ...preprocessor,
      do_resize: true,
      size,
      do_rescale: true,
      do_normalize: false,
      do_center_crop: false,
      crop_size: size,
    })
  }
  await mkdir(path.join(folder, 'onnx'), { recursive: true })
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(folder, file), content)
  return folder
}
