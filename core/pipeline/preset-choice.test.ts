import { describe, expect, it } from 'vitest'
import { named, withPreset } from './preset-choice'
import { PRESETS } from './settings'

const video = '01890000-0000-7000-8000-000000000001'
const own = {
  prices: { 'server:local/default': { inputPerMillion: 1, outputPerMillion: 2 } },
  prompts: { caption: 'Say what you see in {{frames}}.' },
  samplingByVideo: { [video]: { maxFps: 8 } },
}

describe('named', () => {
  it.each(['videoespresso', 'local-server', 'embedded'] as const)('knows the preset %s again, whatever it is called', (preset) => {
    expect(named({ ...PRESETS[preset], preset: 'custom' })).toEqual(PRESETS[preset])
  })

  it('calls what differs from every preset custom', () => {
    const changed = { ...PRESETS.embedded, groupSize: 7 }
    expect(named(changed)).toEqual({ ...changed, preset: 'custom' })
  })
})

describe('withPreset', () => {
  it.each(['videoespresso', 'local-server', 'embedded'] as const)(
    'takes everything of %s where the project has nothing of its own',
    (preset) => {
      expect(withPreset(PRESETS.embedded, preset)).toEqual(PRESETS[preset])
    },
  )

  it('drops what was set by hand and is the preset\u2019s to say', () => {
    const before = { ...PRESETS.embedded, groupSize: 7, dedupe: { ...PRESETS.embedded.dedupe, threshold: 0.5 } }
    expect(withPreset(before, 'embedded')).toEqual(PRESETS.embedded)
  })

  it('keeps prices, prompts and the rules of single videos, which no preset knows', () => {
    const chosen = withPreset({ ...PRESETS.embedded, ...own }, 'videoespresso')
    expect(chosen).toMatchObject(own)
    expect(chosen.roles).toEqual(PRESETS.videoespresso.roles)
    expect(chosen.preset).toBe('custom')
  })
})
