import { describe, expect, it } from 'vitest'
import { readSettings } from './env'

describe('readSettings', () => {
  it('has a default for everything but the database', () => {
    const settings = readSettings({})
    expect(settings.port).toBe(3000)
    expect(settings.baseUrl).toBe('http://127.0.0.1:3000')
    expect(settings.dataDir).toBe(`${process.cwd()}/.data`)
    expect(() => settings.databaseUrl).toThrow(expect.objectContaining({ code: 'bad_setting' }))
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['HOST', 'a b'],
    ['CREMA_URL', 'ftp://example.org'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['LOG_LEVEL', 'loud'],
    ['CREMA_MEDIA_MEMORY_MB', '1'],
    ['CREMA_MODEL_SERVERS', 'local'],
  ])('names the bad setting: %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ code: 'bad_setting', details: { setting: name } }))
  })

  it('takes an empty variable as unset', () => {
    expect(readSettings({ PORT: '', CREMA_URL: '' }).baseUrl).toBe('http://127.0.0.1:3000')
  })

  it.each([
    [{ HOST: '0.0.0.0', PORT: '80' }, 'http://localhost:80'],
    [{ HOST: '::1' }, 'http://[::1]:3000'],
    [{ CREMA_URL: 'https://crema.example/' }, 'https://crema.example'],
  ])('makes links that can be opened: %o', (source, expected) => {
    expect(readSettings(source).baseUrl).toBe(expected)
  })
})
