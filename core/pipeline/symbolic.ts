/**
 * What embeddings do not see: numbers, directions, order. Measured on our sentence encoder: "1 person left, 1 car" against
 * "4 people centre, 1 car" has cosine 0.81, "man enters kitchen" against "man leaves kitchen" 0.81. So these words are compared
 * as symbols beside the cosine.
 */
import { numbersIn, tokensOf } from './number-words'

/** One meaning a line: the name of the symbol, then the words that mean it. */
const MEANINGS = `
left: left leftmost leftward leftwards lefthand
right: right rightmost rightward rightwards righthand
top: top topmost uppermost
bottom: bottom bottommost lowermost
centre: centre center middle central
up: up upward upwards upper uphill upstairs above ascend ascends ascending rise rises rising rose raise raises raised raising climb climbs climbing
down: down downward downwards lower downhill downstairs below beneath descend descends descending fall falls falling fell lowers lowered lowering
in: into inside inward inwards indoors within
out: out outside outward outwards outdoors
off: off
enter: enter enters entered entering arrive arrives arrived arriving
leave: leave leaves leaving exit exits exited exiting depart departs departed departing
towards: toward towards approach approaches approached approaching
away: away
forward: forward forwards ahead front
backward: backward backwards back behind rear backside
before: before earlier previously
after: after afterwards afterward later next then
open: open opens opened opening
close: close closes closed closing shut shuts shutting
start: start starts started starting begin begins began beginning
stop: stop stops stopped stopping end ends ended ending finish finishes finished
first: first
last: last final finally lastly
north: north northern northbound
south: south southern southbound
east: east eastern eastbound
west: west western westbound
clockwise: clockwise
counterclockwise: counterclockwise anticlockwise
not: not never without isn doesn aren
`

const SYMBOL_OF: ReadonlyMap<string, string> = new Map(
  MEANINGS.trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', words = ''] = line.split(': ')
      return words.split(' ').map((word): [string, string] => [word, name])
    }),
)

/** "comes in", "turned on": `in` and `on` mean a direction only right after such a verb; else they are everyday prepositions. */
const MOVES =
  /^(?:com|go|goe|walk|run|step|mov|get|driv|ride|rid|jump|lean|zoom|pull|push|put|plug|bring|carri|carry|turn|switch)(?:s|es|ed|ing|t|ting|ning|ped|ping)?$|^(?:came|went|ran|drove|rode|got|brought)$/

/**
 * The numbers and directions of a text as a sorted list of symbols, equal for two texts exactly when they name the same
 * ones: `n:2`, `o:1` (ordinal), `d:left`. A number counts as often as it is named, a direction once.
 */
export function symbolsOf(text: string): string[] {
  const tokens = tokensOf(text)
  const numbers = numbersIn(tokens).map(({ value, isOrdinal }) => `${isOrdinal ? 'o' : 'n'}:${value}`)
  const directions = new Set<string>()
  for (const [at, token] of tokens.entries()) {
    const symbol = SYMBOL_OF.get(token)
    if (symbol !== undefined) directions.add(`d:${symbol}`)
    else if ((token === 'in' || token === 'on') && MOVES.test(tokens[at - 1] ?? '')) directions.add(`d:${token}`)
  }
  return [...numbers, ...directions].sort()
}

/** Whether two lists of `symbolsOf` name the same numbers and directions. */
export function sameSymbols(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((symbol, at) => symbol === b[at])
}
