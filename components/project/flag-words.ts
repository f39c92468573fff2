import type { DefectCode } from '@/core/records'

/** Two or three words a code, for narrow columns; the full titles are `FLAG_TITLES` of core/flags. */
export const FLAG_SHORT: Readonly<Record<DefectCode, string>> = {
  Q1: 'needs no video',
  Q2: 'too open',
  Q3: 'speaks of frames',
  A1: 'wrong answer',
  A2: 'not on screen',
  F1: 'irrelevant frame',
  F2: 'missing frame',
  F3: 'near-duplicate',
  F4: 'unsure frame',
  B1: 'empty box',
  B2: 'wrong object',
  B3: 'loose or stray box',
  B4: 'duplicate boxes',
  B5: 'no box for mention',
  E1: 'hallucinated',
  E2: 'contradicts',
  E3: 'answer leaks',
  E4: 'wrong order',
  T1: 'wrong task',
  D1: 'weak options',
  V1: 'video missing',
  S1: 'source defect',
}
