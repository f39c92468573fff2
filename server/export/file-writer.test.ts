import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FileWriter } from './file-writer'

const freshPath = () => path.join(mkdtempSync(path.join(tmpdir(), 'crema-writer-')), 'file')

test.each<[string, readonly string[]]>([
  ['nothing', []],
  ['short texts of all widths', ['a', 'ä', '“日”', '😀', '']],
  ['texts that fill many chunks', Array.from({ length: 900 }, (_, at) => `${at} ${'é'.repeat(at * 7)}\n`)],
  ['a text longer than a chunk between short ones', ['before', '日'.repeat(2_000_000), 'after']],
])('writes %s, in their order and with their hash', async (_name, texts) => {
  const file = freshPath()
  const writer = new FileWriter(file)
  for (const text of texts) await writer.write(text)
  const facts = await writer.close()
  const expected = Buffer.from(texts.join(''), 'utf8')
  expect(readFileSync(file).equals(expected)).toBe(true)
  expect(facts).toEqual({ sha256: createHash('sha256').update(expected).digest('hex'), bytes: expected.length })
})

test('a file that is there already is left alone, and the writer says so', async () => {
  const file = freshPath()
  writeFileSync(file, 'mine')
  const writer = new FileWriter(file)
  const write = async () => {
    for (let count = 0; count < 4; count++) await writer.write('x'.repeat(300_000))
    await writer.close()
  }
  await expect(write()).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})
