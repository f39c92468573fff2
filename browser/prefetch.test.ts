import { describe, expect, it } from 'vitest'
import { remembering } from './prefetch'

describe('answers remembered', () => {
  it('are asked for once, and there without waiting once they have come', async () => {
    const asked: string[] = []
    const answers = remembering(3, async (key) => {
      asked.push(key)
      return `answer ${key}`
    })
    const coming = answers.get('a')
    expect(answers.peek('a')).toBeUndefined()
    expect(answers.get('a')).toBe(coming)
    expect(await coming).toBe('answer a')
    expect(answers.peek('a')).toBe('answer a')
    expect(asked).toEqual(['a'])
    answers.set('b', 'put')
    expect([answers.peek('b'), await answers.get('b')]).toEqual(['put', 'put'])
    answers.forget('a')
    expect([answers.has('a'), answers.peek('a')]).toEqual([false, undefined])
  })

  it('are no more than the limit: the one not used for longest goes', async () => {
    const answers = remembering(2, async (key) => key)
    await answers.get('a')
    await answers.get('b')
    await answers.get('a')
    await answers.get('c')
    expect(['a', 'b', 'c'].map(answers.has)).toEqual([true, false, true])
  })

  it('do not count when they failed, and a late failure does not take away what was put since', async () => {
    let fail = (_: Error) => {}
    const answers = remembering(2, () => new Promise<string>((_, reject) => (fail = reject)))
    const lost = answers.get('a')
    answers.set('a', 'put')
    fail(new Error('gone'))
    await expect(lost).rejects.toThrow('gone')
    expect(answers.peek('a')).toBe('put')
    const next = answers.get('b')
    fail(new Error('gone too'))
    await expect(next).rejects.toThrow('gone too')
    expect(answers.has('b')).toBe(false)
  })
})
