/**
 * The pipeline's own share of the time, and how it grows with workers: real worker processes against a scripted model server that
 * answers after a fixed time.
 */
import { measureInside } from './installation'
import type { Bench } from './result'

export const bench: Bench = { name: 'pipeline', run: () => measureInside('bench/pipeline-work.ts') }
