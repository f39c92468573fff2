/** Memory over a video of an hour, against one of a minute: a worker that reads it, chooses frames and captions them. */
import { measureInside } from './installation'
import type { Bench } from './result'

export const bench: Bench = { name: 'long-video', run: () => measureInside('bench/long-video-work.ts') }
