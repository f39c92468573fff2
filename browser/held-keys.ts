/**
 * Keys typed while a dialog is asked for but not there yet. They are meant for it, so no shortcut of the page may take them: they
 * are kept in order and given to whatever has the focus once the dialog has it.
 */

const POPUP = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'
/** Pictures a new dialog gets to take the focus; then the keys go where the focus is. */
const FRAMES = 12

let holders = 0
let held: KeyboardEvent[] = []

function onKey(event: KeyboardEvent): void {
  // Our own copies come by here too.
  if (!event.isTrusted) return
  held.push(event)
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Holds the keys from now on. The function that comes back lets them go: to the dialog, or nowhere when it does not come. */
export function holdKeys(): (isThere: boolean) => void {
  let isHolding = true
  holders += 1
  if (holders === 1) for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, onKey, true)
  return (isThere) => {
    if (!isHolding) return
    isHolding = false
    holders -= 1
    if (!isThere) held = []
    if (holders === 0) whenFocused(release, isThere ? FRAMES : 0)
  }
}

function whenFocused(work: () => void, frames: number): void {
  const isThere = document.activeElement?.closest(POPUP) != null
  if (isThere || frames === 0) work()
  else requestAnimationFrame(() => whenFocused(work, frames - 1))
}

function release(): void {
  // Another dialog may be awaited by now; it is let go with that one.
  if (holders > 0) return
  for (const type of ['keydown', 'keyup'] as const) window.removeEventListener(type, onKey, true)
  const events = held
  held = []
  for (const event of events) pressAgain(event, document.activeElement ?? document.body)
}

/** A copy for the handlers; what the browser itself would do with a key is done by hand, since it does not for copies. */
function pressAgain(event: KeyboardEvent, target: Element): void {
  const { type, key, code, ctrlKey, metaKey, shiftKey, altKey, repeat } = event
  const copy = new KeyboardEvent(type, { key, code, ctrlKey, metaKey, shiftKey, altKey, repeat, bubbles: true, cancelable: true })
  if (!target.dispatchEvent(copy) || type !== 'keydown' || ctrlKey || metaKey || altKey) return
  const isText = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox')
  if (isText && key.length === 1) document.execCommand('insertText', false, key)
  else if (isText && key === 'Backspace') document.execCommand('delete')
  else if (target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) target.click()
}
