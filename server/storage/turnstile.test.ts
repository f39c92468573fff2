import { expect, test } from 'vitest'
import { Turnstile } from './turnstile'

test('no more than the places run at once, all come through in order, and a failure frees its place', async () => {
  const turnstile = new Turnstile(3)
  let running = 0
  let most = 0
  const begun: number[] = []
  const work = (n: number) =>
    turnstile.run(async () => {
      begun.push(n)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (n % 4 === 0) throw new Error(`no ${n}`)
      return n
    })
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)))
  expect(most).toBe(3)
  expect(begun).toEqual(Array.from({ length: 20 }, (_, n) => n))
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(5)
  await expect(turnstile.run(async () => 'free')).resolves.toBe('free')
})
