import clsx from 'clsx'

/** Written names of keys as people know them; everything else stands as it is. */
const SIGNS: Readonly<Record<string, string>> = {
  Shift: '⇧',
  Enter: '⏎',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** `"Ctrl+Enter"` becomes `Ctrl ⏎`. A lone `+` stays a key. */
export function keyLabel(keys: string): string {
  return keys
    .split(/\+(?=.)/)
    .map((key) => SIGNS[key] ?? key)
    .join(' ')
}

/** A quiet key hint. `keys` as in the shortcut table: `A`, `Shift+A`, `Ctrl+Enter`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return <kbd className={clsx('kbd', className)}>{keyLabel(keys)}</kbd>
}
