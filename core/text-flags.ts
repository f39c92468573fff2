/** Flags about texts: Q3 question speaks of frames, E3 evidence gives the answer away, D1 weak options. */
import { answerOf, questionOf, recordsOf, stepText } from './document'
import type { Flag } from './flag'
import type { AnswerRecord, SampleDocument } from './records'
import { contentWords, samePhraseKey } from './words'

/** Evidence holding at least this part of the answer's content words restates it. */
export const LEAK_SHARE = 0.8
/** Answers of fewer content words are names and colours that evidence has to mention. */
export const LEAK_MIN_WORDS = 3
/** The right option is conspicuous when it is this much longer than every other one, by ratio and by characters. */
export const LONGEST_RATIO = 1.5
/** In characters; the second condition of D1. */
export const LONGEST_MIN_EXTRA_CHARS = 15

/** Q3, E3 and D1: questions about frames instead of the video, evidence that gives the answer away, weak options. */
export function textFlags(doc: SampleDocument): Flag[] {
  return [...frameTalkFlags(doc), ...leakFlags(doc), ...optionFlags(answerOf(doc))]
}

/** Things that are called frame or picture without being one of ours, taken out before the question is searched. */
const THINGS: readonly RegExp[] = [
  /\b(?:window|door|picture|photo|bed|bike|bicycle|mirror|eyeglass|glasses|metal|wooden|wood|steel|climbing|time|car|vehicle|walking|painting)[ -]frames?\b/g,
  /\b(?:frame|frames) of (?:the|a|an|his|her|their|its) (?:\w+ )?(?:window|door|bed|bike|bicycle|mirror|picture|painting|car|house|building|glasses|reference|mind)\b/g,
  /\b(?:tak(?:e|es|ing|en)|took|paint(?:s|ed|ing)?|draw(?:s|ing|n)?|drew|hang(?:s|ing)?|hung) (?:\w+ ){0,3}(?:pictures?|photos?|images?)\b/g,
  /\b(?:pictures?|photos?|images?) (?:hanging |hung )?(?:on|above|over) (?:the|a|his|her|their) (?:\w+ )?(?:wall|desk|bed|shelf|table|fireplace|phone|screen)\b/g,
]

const NOUN = '(?:images?|frames?|pictures?|photos?|photographs?|screenshots?|stills|snapshots?|key ?frames?)'
const COUNT =
  '(?:first|second|third|fourth|fifth|sixth|last|final|next|previous|initial|later|earlier|two|three|four|five|six|several|multiple|consecutive|successive|given|provided|following|above|core|different|\\d+(?:st|nd|rd|th)?)'

/** Wordings of the released data and of people who look at frames instead of watching a video. */
const FRAME_TALK: readonly RegExp[] = [
  new RegExp(`\\b${COUNT} (?:(?:of )?(?:the |these |those )?\\w+ )?${NOUN}\\b`),
  /\b(?:image|frame|picture|photo|screenshot) ?(?:#|no\.? ?|number )?(?:\d+|one|two|three)\b/,
  new RegExp(
    `\\b(?:in|from|across|between|among|throughout|within|of|on|by|to) (?:both|all|each|every|either|the|this|that|these|those)(?: of (?:the|these))? ${NOUN}\\b`,
  ),
  new RegExp(`\\b(?:both|these|those|each|all|every|per) (?:of )?(?:the )?${NOUN}\\b`),
  /\b(?:the|this) (?:image|frame|photo|screenshot)s? (?:shows?|depicts?|illustrates?|sequence|series)\b/,
  new RegExp(`\\b(?:sequence|series|set|collection|pair) of ${NOUN}\\b`),
]

/** The wording that speaks of frames or images instead of the video, or null. */
export function frameTalkIn(text: string): string | null {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')
  const searched = THINGS.reduce((rest, thing) => rest.replace(thing, ' … '), plain)
  for (const pattern of FRAME_TALK) {
    const [match] = pattern.exec(searched) ?? []
    if (match !== undefined) return match
  }
  return null
}

function frameTalkFlags(doc: SampleDocument): Flag[] {
  const question = questionOf(doc)
  const answer = answerOf(doc)
  const inQuestion = frameTalkIn(question.text)
  const inOption = answer.options.map(frameTalkIn).find((wording) => wording !== null) ?? null
  return [
    ...(inQuestion === null
      ? []
      : [
          {
            code: 'Q3' as const,
            recordId: question.id,
            message: `The question says “${inQuestion}” instead of asking about the video.`,
            blocking: false,
          },
        ]),
    ...(inOption === null
      ? []
      : [
          {
            code: 'Q3' as const,
            recordId: answer.id,
            message: `An option says “${inOption}” instead of speaking of the video.`,
            blocking: false,
          },
        ]),
  ]
}

/** One flag a step that holds at least `LEAK_SHARE` of the content words of the answer (free text or right option). */
function leakFlags(doc: SampleDocument): Flag[] {
  const answer = answerOf(doc)
  const right = answer.correctIndex === null ? '' : (answer.options[answer.correctIndex] ?? '')
  const wordings = [answer.text, right].map(contentWords).filter((words) => words.size >= LEAK_MIN_WORDS)
  return recordsOf(doc, 'step').flatMap((step, position): Flag[] => {
    const said = contentWords(stepText(step))
    const shares = wordings.map((words) => [...words].filter((word) => said.has(word)).length / words.size)
    const share = Math.max(0, ...shares)
    if (share < LEAK_SHARE) return []
    const message = `Step ${position + 1} holds ${Math.round(share * 100)} % of the answer's words, so the answer can be read off it.`
    return [{ code: 'E3', recordId: step.id, message, blocking: false }]
  })
}

/** The text of an option without a leading `(A):`, `A.` or `A)`. */
function bareOption(option: string): string {
  return option.replace(/^\s*(?:\([A-Za-z]\)|[A-Za-z](?=[).:]))\s*[).:]*\s*/, '').trim()
}

function optionFlags(answer: AnswerRecord): Flag[] {
  const flag = (message: string): Flag => ({ code: 'D1', recordId: answer.id, message, blocking: false })
  const options = answer.options.map(bareOption)
  const flags: Flag[] = []
  const seen = new Map<string, number>()
  options.forEach((option, index) => {
    const key = samePhraseKey(option)
    const twin = seen.get(key)
    if (twin === undefined) seen.set(key, index)
    else flags.push(flag(`Options ${letterOf(twin)} and ${letterOf(index)} say the same.`))
  })
  if (options.length === 1) flags.push(flag('There is only one option to choose from.'))
  const lengths = options.map((option) => option.length)
  const right = answer.correctIndex === null ? undefined : lengths[answer.correctIndex]
  const longestOther = Math.max(0, ...lengths.filter((_, index) => index !== answer.correctIndex))
  if (right !== undefined && longestOther > 0 && right >= LONGEST_RATIO * longestOther && right - longestOther >= LONGEST_MIN_EXTRA_CHARS) {
    flags.push(flag('The right option is clearly the longest, so it can be guessed.'))
  }
  return flags
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}
