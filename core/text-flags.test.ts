import { describe, expect, it } from 'vitest'
import { altered, draftSample, run } from './document.fixture'
import { editStep } from './edits-steps'
import { editAnswer, editQuestion } from './edits-text'
import type { Flag } from './flag'
import type { SampleDocument } from './records'
import { frameTalkIn, textFlags } from './text-flags'

const draft = draftSample()
const flagsOf = (doc: SampleDocument, code: Flag['code']) => textFlags(doc).filter((flag) => flag.code === code)

it('finds nothing in the sample', () => {
  expect(textFlags(draft)).toEqual([])
})

describe('Q3, questions that speak of frames', () => {
  it.each([
    'What changes between the two frames?',
    'What does the man hold in the first frame?',
    'Why is the dog missing in the third image?',
    'What happens in the picture?',
    'What is shown in this image?',
    'Based on the images, why does she smile?',
    'What do these frames have in common?',
    'Which object appears in both images?',
    'What is different in frame 2?',
    'What can be seen in image #3?',
    'How does the mood change across the frames?',
    'From the given frames, what is the man doing?',
    'In the last screenshot, who is speaking?',
    'What does the sequence of images suggest?',
    'What does the image show about the weather?',
    'What links the second and third frames?',
    'Why does every frame contain a red car?',
    'What happens in the 3rd picture?',
    'In the first two images, where is the dog?',
    'WHAT IS IN THE   SECOND\nFRAME?',
    'Who appears in each of the photos?',
    'What do all the frames share?',
    'What is the key difference between these consecutive frames?',
    'Considering the four stills, what is the plot?',
    'What happens in frame two?',
  ])('finds it: %s', (question) => {
    expect(frameTalkIn(question)).not.toBeNull()
  })

  it.each([
    'Why does the man let go of the rope?',
    'What does the woman see through the window frame?',
    'Why does he repair the second window frame?',
    'Who leans against the door frame?',
    'What material is the bicycle frame made of?',
    'Why does she hang the picture frame above the sofa?',
    'Why does the girl take two pictures of the lake?',
    'Who took the photo at the end?',
    'What does the boy draw in his first picture book?',
    'In what time frame does the cake cool down?',
    'Why does she straighten the picture on the wall?',
    'What does the frame of the house tell about its age?',
    'What is the main theme of the video?',
    'How does the man imagine his future?',
    'What role does the framework play?',
    'Why is the third man picturesque?',
    'What still bothers the first man?',
  ])('does not find it: %s', (question) => {
    expect(frameTalkIn(question)).toBeNull()
  })

  it('quotes the wording and names the question', () => {
    expect(flagsOf(editQuestion(draft, 'What is in the first frame?'), 'Q3')).toEqual([
      { code: 'Q3', recordId: 'question', message: 'The question says “first frame” instead of asking about the video.', blocking: false },
    ])
  })

  it('looks at the options too, and says it once', () => {
    const doc = altered(draft, 'answer', { options: ['The dog in the second image', 'In the third image', 'x', 'y'] })
    expect(flagsOf(doc, 'Q3')).toEqual([
      { code: 'Q3', recordId: 'answer', message: 'An option says “second image” instead of speaking of the video.', blocking: false },
    ])
  })
})

describe('E3, evidence that gives the answer away', () => {
  const leak = editStep(draft, 's1', [run('The dog pulls him off balance, so he lets go.')])

  it('names the step and how much it gives away', () => {
    expect(flagsOf(leak, 'E3')).toEqual([
      {
        code: 'E3',
        recordId: 's1',
        message: "Step 1 holds 100 % of the answer's words, so the answer can be read off it.",
        blocking: false,
      },
    ])
  })

  it('does not mind order, case and punctuation', () => {
    expect(flagsOf(editStep(draft, 's1', [run('Off — BALANCE! pulls: the Dog.')]), 'E3')).toHaveLength(1)
  })

  it('leaves evidence alone that shares some words, as it must', () => {
    expect(flagsOf(editStep(draft, 's1', [run('The dog runs and the leash pulls tight.')]), 'E3')).toEqual([])
  })

  it('leaves short answers alone: evidence has to name them', () => {
    expect(flagsOf(editAnswer(leak, 'The dog pulls.'), 'E3')).toEqual([])
  })

  it('compares with the right option as well', () => {
    const options = ['The brown dog pulls the rope hard', 'b', 'c', 'd']
    const doc = altered(editAnswer(draft, 'A.'), 'answer', { options })
    expect(flagsOf(editStep(doc, 's2', [run('The brown dog pulls the rope hard.')]), 'E3').map((flag) => flag.recordId)).toEqual(['s2'])
  })

  it('does not compare with the wrong options', () => {
    const options = ['x', 'The brown dog pulls the rope hard', 'c', 'd']
    const doc = altered(editAnswer(draft, 'A.'), 'answer', { options, correctIndex: 0 })
    expect(flagsOf(editStep(doc, 's2', [run('The brown dog pulls the rope hard.')]), 'E3')).toEqual([])
    expect(flagsOf(altered(doc, 'answer', { correctIndex: null }), 'E3')).toEqual([])
  })

  it('reads scripts without an alphabet of ours', () => {
    const doc = editStep(editAnswer(draft, 'собака тянет мужчину назад'), 's1', [run('Собака резко тянет мужчину назад.')])
    expect(flagsOf(doc, 'E3')).toHaveLength(1)
  })
})

describe('D1, weak options', () => {
  const withOptions = (options: readonly string[], correctIndex: number | null = 0) => altered(draft, 'answer', { options, correctIndex })
  const messages = (doc: SampleDocument) => flagsOf(doc, 'D1').map((flag) => flag.message)
  const longest = 'The right option is clearly the longest, so it can be guessed.'

  it('warns when the right option is clearly the longest', () => {
    expect(messages(withOptions(['He loses his balance because the dog pulls him', 'It rains', 'He is tired', 'Fear']))).toEqual([longest])
    expect(flagsOf(withOptions(['He loses his balance because the dog pulls him', 'It rains']), 'D1')[0]).toMatchObject({
      recordId: 'answer',
      blocking: false,
    })
  })

  it('does not when a wrong option is the longest, or the lead is small', () => {
    expect(messages(withOptions(['It rains', 'He loses his balance because the dog pulls him', 'x', 'y']))).toEqual([])
    expect(messages(withOptions(['The dog pulls him', 'It rains now', 'x', 'y']))).toEqual([])
    expect(messages(withOptions(['The brown dog pulls the rope', 'The black dog bites a man', 'x', 'y']))).toEqual([])
  })

  it('does not without a right option', () => {
    expect(messages(withOptions(['He loses his balance because the dog pulls him', 'It rains'], null))).toEqual([])
  })

  it('warns of options that say the same, whatever their letters', () => {
    expect(messages(withOptions(['(A): The dog', '(B): the dog.', '(C): The cat', '(D): A bird']))).toEqual([
      'Options A and B say the same.',
    ])
    expect(messages(withOptions(['A. The dog', 'B) THE DOG', 'C: The cat', 'The dog']))).toEqual([
      'Options A and B say the same.',
      'Options A and D say the same.',
    ])
  })

  it('does not take a leading word for a letter', () => {
    expect(messages(withOptions(['A dog runs', 'B dog runs', 'C dog runs', 'D dog runs']))).toEqual([])
  })

  it('warns of a single option', () => {
    expect(messages(withOptions(['The dog']))).toEqual(['There is only one option to choose from.'])
  })

  it('says nothing of open-ended samples', () => {
    expect(messages(withOptions([], null))).toEqual([])
  })
})
