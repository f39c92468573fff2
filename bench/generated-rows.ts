/** A VideoEspresso training file of any length, made up reproducibly: texts, tags and boxes of the size the released ones have. */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { TASKS } from '@/core/tasks'

const NOUNS = ['person', 'dog', 'red car', 'knife', 'onion', 'traffic light', 'child', 'door', 'umbrella', 'cup', 'horse', 'ladder']
const VERBS = ['holds', 'moves towards', 'stands next to', 'drops', 'looks at', 'passes', 'lifts', 'covers']

function randomOf(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

function rowOf(number: number, clips: readonly string[]): Record<string, unknown> {
  const random = randomOf(number)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const box = () => [
    Math.round(200 + random() * 600),
    Math.round(200 + random() * 600),
    Math.round(40 + random() * 200),
    Math.round(40 + random() * 200),
  ]
  const mention = () => `<obj_start>${pick(NOUNS)}<obj_end><box_start>${random() < 0.1 ? '[]' : JSON.stringify(box())}<box_end>`
  const frames = Array.from({ length: 2 + (number % 3) }, (_, i) => (number % 20) + i * 13)
  const sentences = frames.map(
    (_, i) =>
      `In the ${['first', 'second', 'third', 'fourth'][i]} frame, the ${mention()} ${pick(VERBS)} the ${mention()} while others watch.`,
  )
  const clip = clips[number % clips.length] ?? 'missing.mp4'
  return {
    video_path: `home/somebody/all_video/${clip}`,
    keyframe_path: frames.map((frame) => `${clip.replace(/\.\w+$/, '')}_image/${frame}.jpg`),
    caption: frames.map(() => `A ${pick(NOUNS)} ${pick(VERBS)} a ${pick(NOUNS)} in a bright room number ${Math.floor(random() * 1000)}.`),
    question: `Why does the ${pick(NOUNS)} of scene ${number} end up beside the ${pick(NOUNS)} after the door opens?`,
    answer: `Because the ${pick(NOUNS)} ${pick(VERBS)} the ${pick(NOUNS)} before anybody notices it.`,
    evidence: sentences.join(' '),
    task: pick(TASKS).leaderboardName,
    source_index: number,
  }
}

/** Writes `rows` rows over the named clips as one JSON list; returns the bytes. */
export async function writeGeneratedFile(path: string, rows: number, clips: readonly string[]): Promise<number> {
  const stream = createWriteStream(path)
  for (let number = 0; number < rows; number++) {
    const text = `${number === 0 ? '[' : ',\n'}${JSON.stringify(rowOf(number, clips))}`
    if (!stream.write(text)) await once(stream, 'drain')
  }
  stream.end(']\n')
  await once(stream, 'close')
  return stream.bytesWritten
}
