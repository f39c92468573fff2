/** What the scripted captioner sees: the same scene for two seconds, so that captions repeat as they do in real videos. */

const SECONDS_A_SCENE = 2

export const SCENES = [
  'A woman in a red coat walks past a parked car.',
  'A man with a brown dog waits at the crossing.',
  'The dog runs across the empty street.',
  'A cyclist brakes hard beside a white van.',
  'Two children carry a ladder out of the garden.',
  'The woman picks up a paper bag from the wet ground.',
  'A waiter sets a tray of cups on the round table.',
  'Rain falls on the open umbrella of an old man.',
  'A train leaves the platform while a boy waves.',
  'The man closes the blue gate with one hand.',
  'A cook slices tomatoes next to a steaming pot.',
  'The lights of the shop go out one after another.',
] as const

/** The same time always gives the same sentence. */
export function sceneAt(timeSec: number): string {
  return SCENES[Math.floor(Math.max(0, timeSec) / SECONDS_A_SCENE) % SCENES.length] ?? SCENES[0]
}

const THINGS = [
  'woman',
  'car',
  'dog',
  'man',
  'cyclist',
  'van',
  'children',
  'ladder',
  'bag',
  'waiter',
  'tray',
  'umbrella',
  'train',
  'boy',
  'gate',
  'cook',
  'pot',
]

/** Things that texts name, in a stable order; `person` where they name none. */
export function thingsIn(texts: readonly string[]): string[] {
  const words = texts.join(' ').toLowerCase()
  const named = THINGS.filter((thing) => new RegExp(`\\b${thing}\\b`).test(words))
  return named.length === 0 ? ['person'] : named
}

/** FNV-1a, 32 bits: chance without chance. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return hash >>> 0
}
