import { describe, expect, it } from 'vitest'
import { NOTHING_SEEN } from '../pipeline/template/caption'
import { captionFacts, captionTexts } from './caption-texts'

const said = (...texts: string[]) => texts.map((text) => ({ text }))

describe('captionFacts', () => {
  it('are the sentences; that nothing was seen is none', () => {
    expect(captionFacts('A dog sits. Two cars are seen.')).toEqual(['A dog sits.', 'Two cars are seen.'])
    expect(captionFacts(NOTHING_SEEN)).toEqual([])
    expect(captionFacts('')).toEqual([])
  })
})

describe('captionTexts', () => {
  const captions = said('A dog sits. Two cars are seen.', NOTHING_SEEN, 'Two cars are seen.', 'A dog sits. Two cars are seen.')

  it('are the sentences of all captions, each once', () => {
    expect(captionTexts(captions, false)).toEqual(['A dog sits.', 'Two cars are seen.'])
  })

  it('hold whole captions too where they are compared', () => {
    expect(new Set(captionTexts(captions, true))).toEqual(
      new Set(['A dog sits. Two cars are seen.', 'A dog sits.', 'Two cars are seen.', NOTHING_SEEN]),
    )
    expect(captionTexts(captions, true)).toHaveLength(4)
  })

  it('are none of no captions', () => {
    expect(captionTexts([], true)).toEqual([])
  })
})
