/** Words of questions that name no thing to look for, for `question-things.ts`. */
import { wordsOf } from '../../models/label-words'

/** A name may follow: "the lighthouse", "how many lighthouses". */
export const OPENERS: ReadonlySet<string> = new Set(
  wordsOf(
    'the, a, an, these, those, my, your, his, her, its, our, their, some, any, every, each, both, another, many, several, few, ' +
      'one, two, three, four, five, six, seven, eight, nine, ten',
  ),
)

/** Between things. */
const LINKS = wordsOf(
  'what, which, who, whom, whose, when, where, why, how, that, this, there, it, he, she, they, them, him, we, you, i, me, us, ' +
    'is, are, was, were, be, been, being, am, do, does, did, done, doing, has, have, had, having, can, could, will, would, shall, ' +
    'should, may, might, must, not, no, and, or, but, nor, if, than, as, because, while, after, before, until, since, during, then, ' +
    'in, on, at, to, from, of, by, with, without, for, into, onto, off, over, under, above, below, near, next, beside, behind, ' +
    'between, among, across, along, around, through, toward, towards, against, inside, outside, up, down, out, away, past, about, ' +
    'first, last, also, only, ever, still, much, more, most, less, all, together, again, already, just, very, so, happen, happens',
)

/** What things do in videos. */
const VERBS = wordsOf(
  'move, go, come, turn, stop, start, begin, end, finish, drive, ride, walk, run, stand, sit, lie, wait, appear, disappear, leave, ' +
    'enter, hold, carry, wear, use, take, give, get, put, pick, drop, throw, catch, fall, jump, climb, open, close, look, watch, see, ' +
    'point, cross, pass, overtake, follow, chase, hit, touch, push, pull, eat, drink, play, talk, speak, show, say, point, reach, ' +
    'approach, change, stay, remain, arrive, wave, face, lean, raise, lift, lower, blink, fly, swim, cut, pour, make, happen',
)

/** "move" → move, moves, moved, moving; "stop" → stop, stops, stopped, stopping. */
function formsOf(verb: string): string[] {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb
  const doubled = `${verb}${verb.at(-1) ?? ''}`
  return [verb, `${verb}s`, `${verb}es`, ...[stem, verb, doubled].flatMap((each) => [`${each}ed`, `${each}ing`])]
}

/** Words at which a noun phrase ends: links and verbs in their regular forms. */
export const BREAKS: ReadonlySet<string> = new Set([...LINKS, ...VERBS.flatMap(formsOf)])

/** Nouns of questions about a video that are no thing on it. The camera is whoever looks. */
export const NO_THINGS: ReadonlySet<string> = new Set(
  wordsOf(
    'camera, video, clip, footage, recording, frame, scene, picture, image, view, side, left, right, top, bottom, middle, centre, ' +
      'center, front, back, background, foreground, beginning, moment, moments, time, times, order, sequence, colour, color, ' +
      'direction, way, number, amount, kind, type, second, third, other, others, same, thing, things, object, objects, place, ' +
      'position, distance, part, rest, event, action, reason, difference, seconds, minutes, difference, left-hand, right-hand',
  ),
)

/** Names that `template/colour.ts` gives to things, with their other spellings. */
const COLOUR_OF: ReadonlyMap<string, string> = new Map([
  ...wordsOf('red, orange, yellow, green, blue, purple, pink, black, white, grey').map((name): [string, string] => [name, name]),
  ['gray', 'grey'],
  ['violet', 'purple'],
])

/** The colour a word names, as the embedded captioner names it; null for any other word. */
export function colourOfWord(word: string): string | null {
  return COLOUR_OF.get(word) ?? null
}
