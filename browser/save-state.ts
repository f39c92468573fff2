/** The five words of the save state (mock-up README). It never says Saved before the server has confirmed. */
import type { EditQueue } from './edit-queue'

export type SaveWord = 'Saved' | 'Saving' | 'On this device' | 'Not merged yet' | 'Cannot be kept'
export type SaveState = {
  readonly word: SaveWord
  /** What a person should know or do, in one sentence; null when there is nothing to say. */
  readonly detail: string | null
  readonly needsSignIn: boolean
  readonly pending: number
}

export type SaveFacts = {
  readonly queue: EditQueue
  /** The queue as it stands is on the device. */
  readonly isWritten: boolean
  /** The last attempt to write to the device failed. */
  readonly hasWriteFailed: boolean
  /** The last attempt to reach the server failed. */
  readonly hasSendFailed: boolean
  readonly needsSignIn: boolean
  readonly isOnline: boolean
}

export function saveStateOf(facts: SaveFacts): SaveState {
  const { queue, needsSignIn } = facts
  const pending = queue.pending.length
  const state = (word: SaveWord, detail: string | null): SaveState => ({ word, detail, needsSignIn, pending })
  if (queue.refusal !== null) return state('Cannot be kept', queue.refusal.message)
  if (queue.standoff !== null)
    return state('Not merged yet', 'Somebody changed the same records. Your edits are on this device until you choose.')
  if (pending === 0) return state('Saved', null)
  const cannotSend = !facts.isOnline || facts.hasSendFailed || needsSignIn
  if (!cannotSend) return state('Saving', null)
  if (facts.hasWriteFailed) {
    return state('Cannot be kept', 'This browser refuses to store edits and the server cannot be reached. Keep this tab open.')
  }
  if (!facts.isWritten) return state('Saving', null)
  if (needsSignIn) return state('On this device', 'Your session has ended. Sign in again; your edits are kept here until then.')
  return state('On this device', 'The server cannot be reached. Edits are kept here and sent as soon as it answers.')
}
