/**
 * The panel's side of a suggestion: what is asked, how far it is, what came back. Values change freely; a change asks again after a rest,
 * and a later question ends the one before. What came back stays on the screen until there is something newer.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type AppError, toAppError } from '@/core/errors'
import { diversityOptions } from '@/core/selection/diversity'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type { SelectionMethod } from '@/core/selection/selection-options'
import type { SignalName } from '@/core/selection/signals/blend'
import type { DeviceWish, SelectorAnswer, SelectorClient, SelectorProgress, SelectorRequest } from './selector-types'

/** `diversity` 0 to 1. `k` = how many frames; of adaptive k the most. `compared` = the method drawn beside the proposal. */
export type SuggestionSettings = {
  readonly weights: Readonly<Record<SignalName, number>>
  readonly method: SelectionMethod
  readonly diversity: number
  readonly k: number
  readonly visionModel: string | null
  readonly compared: SelectionMethod | null
  readonly device: DeviceWish
}

export type SuggestionState = {
  readonly settings: SuggestionSettings
  readonly phase: 'running' | 'done' | 'cancelled' | 'failed'
  readonly progress: SelectorProgress | null
  readonly answer: SelectorAnswer | null
  readonly error: AppError | null
}

/** What is asked about; read anew for every question, since a person may edit the question meanwhile. */
export type SuggestionSubject = Pick<SelectorRequest, 'projectId' | 'video' | 'question'>

export type Suggestion = StoreApi<SuggestionState> & {
  /** Asks now. */
  run(): void
  /** Other values: shown at once, asked after a rest. */
  change(part: Partial<SuggestionSettings>): void
  /** Ends the question at once. False when none is under way. */
  cancel(): boolean
  dispose(): void
}

/** Always compared; whichever is the proposal stands first. */
export const COMPARED: readonly SelectionMethod[] = ['adaptive', 'aks', 'topk']

export const DEFAULT_SETTINGS: SuggestionSettings = {
  weights: { text: 0.5, objects: 0.5, vision: 0 },
  method: 'adaptive',
  diversity: 0.5,
  k: 3,
  visionModel: null,
  compared: 'aks',
  device: 'auto',
}

/** A slider under the hand changes many times a second. */
const REST_MS = 200

/** The method of the proposal and those it is compared with, each once. */
export function methodsOf(settings: Pick<SuggestionSettings, 'method' | 'compared'>): SelectionMethod[] {
  return [...new Set([settings.method, ...COMPARED, ...(settings.compared === null ? [] : [settings.compared])])]
}

/** The choice of a method in an answer, null when the answer holds none of it. */
export function choiceOf(answer: SelectorAnswer | null, method: SelectionMethod | null): FrameChoice | null {
  return answer?.choices.find((choice) => choice.method === method) ?? null
}

function requestOf(subject: SuggestionSubject, settings: SuggestionSettings): SelectorRequest {
  const { weights, diversity, k, visionModel, device } = settings
  return {
    ...subject,
    weights: visionModel === null ? { ...weights, vision: 0 } : weights,
    methods: methodsOf(settings).map((method) => ({ method, options: { k, ...diversityOptions(method, diversity) } })),
    device,
    visionModel,
  }
}

/** Nothing is asked before `run`. `client` is called for each question, so that a worker that died is a new one the next time. */
export function createSuggestion(
  client: () => SelectorClient,
  subject: () => SuggestionSubject,
  settings: SuggestionSettings = DEFAULT_SETTINGS,
): Suggestion {
  const store = createStore<SuggestionState>(() => ({ settings, phase: 'cancelled', progress: null, answer: null, error: null }))
  let control: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop() {
    clearTimeout(timer)
    timer = undefined
    control?.abort()
    control = null
  }

  async function ask() {
    stop()
    const own = new AbortController()
    control = own
    const isMine = () => control === own
    store.setState({ phase: 'running', progress: null, error: null })
    try {
      const answer = await client().suggest(requestOf(subject(), store.getState().settings), {
        signal: own.signal,
        onProgress: (progress) => isMine() && store.setState({ progress }),
      })
      if (isMine()) store.setState({ phase: 'done', progress: null, answer })
    } catch (thrown) {
      if (isMine()) store.setState({ phase: 'failed', progress: null, error: toAppError(thrown) })
    } finally {
      if (isMine()) control = null
    }
  }

  return Object.assign(store, {
    run: () => void ask(),
    change(part: Partial<SuggestionSettings>) {
      const before = store.getState()
      const next = { ...before.settings, ...part }
      store.setState({ settings: next })
      // What is compared is mostly part of the question that was asked anyway.
      if (onlyCompares(part) && methodsOf(before.settings).includes(next.compared ?? next.method)) return
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), REST_MS)
    },
    cancel() {
      const isUnderWay = control !== null || timer !== undefined
      stop()
      if (isUnderWay) store.setState({ phase: 'cancelled', progress: null })
      return isUnderWay
    },
    dispose: stop,
  })
}

function onlyCompares(part: Partial<SuggestionSettings>): boolean {
  return Object.keys(part).every((name) => name === 'compared')
}
