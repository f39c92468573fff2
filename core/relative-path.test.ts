import { describe, expect, it } from 'vitest'
import { relativePath } from './relative-path'

describe('relativePath', () => {
  it.each(['/', '/projects/demo', '/projects/demo/samples?state=queued#top', '/a%2F%2Fb'])('keeps %s', (path) => {
    expect(relativePath(path)).toBe(path)
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/./\\evil.example',
    '',
    'projects',
    `/${'a'.repeat(3000)}`,
    null,
    7,
  ])('refuses %j', (value) => {
    const path = relativePath(value)
    expect(path).toBe('/')
    expect(new URL(path, 'http://ours.example').origin).toBe('http://ours.example')
  })
})
