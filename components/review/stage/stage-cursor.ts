import type { Handle } from './edit-rect'
import type { StageTool } from './stage-types'

const HANDLE_CURSORS: Readonly<Record<Handle, string>> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
}

type CursorFacts = {
  readonly tool: StageTool
  readonly isReadOnly: boolean
  readonly isPanReady: boolean
  readonly isPanning: boolean
  readonly isMoving: boolean
  readonly handle: Handle | null
  readonly isOverSelected: boolean
  readonly isOverBox: boolean
}

/** The pointer's shape says what a press would do. */
export function cursorOf(facts: CursorFacts): string {
  if (facts.isPanning) return 'grabbing'
  if (facts.isPanReady) return 'grab'
  if (facts.isReadOnly) return facts.isOverBox ? 'pointer' : 'default'
  if (facts.tool !== 'select') return 'crosshair'
  if (facts.isMoving) return 'move'
  if (facts.handle) return HANDLE_CURSORS[facts.handle]
  if (facts.isOverSelected) return 'move'
  return facts.isOverBox ? 'pointer' : 'default'
}

/** Whether keys belong to the element in focus: fields, and anything inside an open dialog or menu. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null
}
