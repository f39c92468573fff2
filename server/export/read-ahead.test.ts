import { expect, test } from 'vitest'
import { readAhead } from './read-ahead'

async function drain<T>(source: AsyncGenerator<T, void>): Promise<T[]> {
  const values: T[] = []
  for await (const value of source) values.push(value)
  return values
}

async function* upTo(count: number, log: string[] = []): AsyncGenerator<number, void> {
  try {
    for (let number = 0; number < count; number++) {
      log.push(`read ${number}`)
      yield number
    }
  } finally {
    log.push('closed')
  }
}

test.each([0, 1, 2, 7])('gives all %i values in their order', async (count) => {
  expect(await drain(readAhead(upTo(count), 3))).toEqual(Array.from({ length: count }, (_, number) => number))
})

test('reads ahead as far as it may, and closes the source when the taker leaves', async () => {
  const log: string[] = []
  for await (const value of readAhead(upTo(100, log), 2)) {
    await Promise.resolve()
    if (value === 1) break
  }
  expect(log).toEqual(['read 0', 'read 1', 'read 2', 'read 3', 'closed'])
})

test('a failure comes after the values before it', async () => {
  async function* failing(): AsyncGenerator<number, void> {
    yield 1
    throw new Error('gone')
  }
  const seen: number[] = []
  const take = async () => {
    for await (const value of readAhead(failing(), 3)) seen.push(value)
  }
  await expect(take()).rejects.toThrow('gone')
  expect(seen).toEqual([1])
})
