import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { angle } from '@/core/selection/selection.fixture'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { main } from './main'
import { catchPrinted } from './printed-for-tests'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-select-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const printed = catchPrinted()

function write(name: string, content: unknown): string {
  const file = path.join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const frames = Array.from({ length: 12 }, (_, at) => angle(at * 15))
const scene = { query: angle(40), frames, captions: frames }
const good = () => write('good.json', scene)
const run = (...words: string[]) => main(['select', ...words])

describe('crema select', () => {
  it.each(SELECTION_METHODS)('chooses by %s', async (method) => {
    expect(await run('--embeddings', good(), '--method', method, '--k', '3', '--json')).toBe(0)
    const value = JSON.parse(printed.stdout)
    expect(Object.keys(value)).toEqual(['method', 'indices', 'scores'])
    expect(value.method).toBe(method)
    expect(value.scores).toHaveLength(value.indices.length)
    expect(value.indices).toEqual([...new Set<number>(value.indices)].sort((a, b) => a - b))
    if (method !== 'adaptive') expect(value.indices).toHaveLength(3)
    expect(printed.stderr).toBe('')
  })

  it('finds the most relevant frames', async () => {
    await run(`--embeddings=${good()}`, '--method=topk', '--k=2', '--json')
    // Question at 40°; frames at 30° and 45° are nearest.
    expect(JSON.parse(printed.stdout)).toEqual({
      method: 'topk',
      indices: [2, 3],
      scores: [expect.closeTo(Math.cos(Math.PI / 18), 12), expect.closeTo(Math.cos(Math.PI / 36), 12)],
    })
  })

  it('prints a table for people, with the times of the file', async () => {
    const file = write('timed.json', { ...scene, timeSec: frames.map((_, at) => at / 2) })
    expect(await run('--embeddings', file, '--method', 'topk', '--k', '1')).toBe(0)
    expect(printed.stdout).toBe('1 frames by topk\nindex\tseconds\trelevance\n3\t1.500\t0.9962\n')
  })

  it('hands on the parameters and draws again with another seed', async () => {
    const pick = async (...words: string[]): Promise<number[]> => {
      printed.stdout = ''
      expect(await run('--embeddings', good(), '--json', ...words)).toBe(0)
      return JSON.parse(printed.stdout).indices
    }
    const cold = await pick('--method', 'qframe', '--k', '2', '--tau', '0.001')
    expect(cold).toEqual([2, 3])
    const draws = await Promise.resolve(
      [1, 2, 3, 4, 5].map((seed) => ['--method', 'qframe', '--k', '2', '--tau', '9', '--seed', `${seed}`]),
    )
    const seen = new Set<string>()
    for (const words of draws) seen.add((await pick(...words)).join())
    expect(seen.size).toBeGreaterThan(1)
    expect(await pick('--method', 'mmr', '--k', '2', '--lambda', '0')).not.toEqual(
      await pick('--method', 'mmr', '--k', '2', '--lambda', '1'),
    )
  })

  it('needs no k for adaptive only', async () => {
    expect(await run('--embeddings', good(), '--method', 'adaptive', '--json')).toBe(0)
    expect(JSON.parse(printed.stdout).indices.length).toBeLessThanOrEqual(6)
    expect(await run('--embeddings', good(), '--method', 'mmr')).toBe(2)
    expect(printed.stderr).toContain('--k is missing')
  })

  it('says when a parameter belongs to another method, and goes on', async () => {
    expect(await run('--embeddings', good(), '--method', 'topk', '--k', '2', '--lambda', '0.5', '--json')).toBe(0)
    expect(printed.stderr).toBe('--lambda has no effect on topk.\n')
    expect(JSON.parse(printed.stdout).indices).toEqual([2, 3])
  })

  it.each([
    ['NaN', '{"query": [1, 0], "frames": [[1, 0], [NaN, 1]]}', 'invalid_input', { field: 'frames', row: 1 }],
    ['-Infinity', '{"query": [-Infinity, 0], "frames": [[1, 0]]}', 'invalid_input', { field: 'query' }],
    ['no JSON', '{"query": [1, 0], "frames": [[1, 0]}', 'bad_file', {}],
    ['cut off', '{"query": [1, 0], "fra', 'bad_file', {}],
    ['empty', '', 'bad_file', {}],
    ['a list', '[1, 2]', 'bad_file', {}],
    ['null', 'null', 'bad_file', {}],
    ['an infinite number', '{"query": [1, 0], "frames": [[0, 1], [1e999, 0]]}', 'invalid_input', { field: 'frames', row: 1 }],
    ['no frames', '{"query": [1, 0]}', 'invalid_input', { field: 'frames' }],
    ['no question', '{"frames": [[1, 0]]}', 'invalid_input', { field: 'query' }],
    ['another size', '{"query": [1, 0], "frames": [[1, 0], [1, 0, 0]]}', 'invalid_input', { field: 'frames', row: 1 }],
    ['no unit vector', '{"query": [1, 0], "frames": [[1, 0], [1, 1]]}', 'invalid_input', { field: 'frames', row: 1 }],
    ['a null', '{"query": [1, 0], "frames": [[1, 0], [null, 1]]}', 'invalid_input', { field: 'frames', row: 1 }],
  ])('refuses a file with %s and names the place', async (name, content, code, place) => {
    const file = write(`${name}.json`, content)
    expect(await run('--embeddings', file, '--method', 'topk', '--k', '1', '--json')).toBe(2)
    expect(JSON.parse(printed.stdout)).toEqual({ error: { code, message: expect.stringContaining(file), details: { ...place, file } } })
    expect(printed.stderr).not.toMatch(/\n\s+at /)
  })

  it('refuses a file that is not there, a folder, and one too large to read', async () => {
    for (const place of [path.join(folder, 'none.json'), folder]) {
      expect(await run('--embeddings', place, '--method', 'topk', '--k', '1')).toBe(2)
      expect(printed.stderr).toContain('missing_file')
    }
    const large = write('large.json', '')
    // Sparse: it takes no space.
    truncateSync(large, 500 * 2 ** 20)
    expect(await run('--embeddings', large, '--method', 'topk', '--k', '1')).toBe(2)
    expect(printed.stderr).toContain('limit_exceeded')
  })

  it('asks for captions where the method needs them', async () => {
    const file = write('bare.json', { query: angle(0), frames })
    expect(await run('--embeddings', file, '--method', 'lifo', '--k', '1')).toBe(2)
    expect(printed.stderr).toContain('captions is missing')
  })

  it.each([
    [['--method', 'best', '--k', '1'], '--method takes one of uniform, topk'],
    [['--method', 'topk', '--k', '0'], '--k must be at least 1'],
    [['--method', 'topk', '--k', '1.5'], 'whole number'],
    [['--method', 'mmr', '--k', '1', '--lambda', '2'], '--lambda must be at most 1'],
    [['--method', 'qframe', '--k', '1', '--tau', '0'], '--tau must be at least'],
    [['--k', '1'], '--method is missing'],
  ])('refuses %j', async (words, said) => {
    expect(await run('--embeddings', good(), ...words)).toBe(2)
    expect(printed.stderr).toContain(said)
    expect(printed.stdout).toBe('')
  })

  it.each([
    [['--video', 'none.mp4', '--question', 'why?'], 'missing_file: none.mp4'],
    [['--video', 'none.mp4'], '--question is missing'],
    [['--question=why?'], '--embeddings is missing'],
    [['--method', 'topk', '--k', '1'], '--embeddings is missing'],
    [['--video', 'none.mp4', '--question', 'why?', '--method', 'topk'], '--k is missing'],
    [['--video', 'none.mp4', '--question', 'why?', '--signal', 'sound'], '--signal takes text, objects, vision'],
    [['--video', 'none.mp4', '--embeddings', 'x.json', '--question', 'why?'], 'exclude each other'],
    [['--embeddings', 'x.json', '--question', 'why?', '--k', '1', '--method', 'topk'], '--question goes with --video'],
    [['--embeddings', 'x.json', '--signal', 'text', '--k', '1', '--method', 'topk'], '--signal goes with --video'],
    [['--embeddings', 'x.json', '--explain', '--k', '1', '--method', 'topk'], '--explain goes with --video'],
  ])('refuses %j before anything is looked at', async (words, saidWords) => {
    expect(await run(...words)).toBe(2)
    expect(printed.stderr).toContain(saidWords)
    expect(printed.stdout).toBe('')
  })

  it('explains itself', async () => {
    expect(await main(['help', 'select'])).toBe(0)
    expect(printed.stdout).toContain('uniform|topk|bolt|aks|qframe|focus|mmr|dpp|lifo|event|adaptive')
  })
})
