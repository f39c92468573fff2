import clsx from 'clsx'

const GROUNDS = ['var(--accent-fg)', 'var(--o-5)', 'var(--o-3)', 'var(--o-7)', 'var(--o-2)', 'var(--o-6)'] as const

/** Two letters of a name: first and last word, or the first two letters of a single word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  const letters = last === '' ? [...first].slice(0, 2) : [[...first][0], [...last][0]]
  return letters.join('').toUpperCase()
}

function groundOf(key: string): string {
  let sum = 0
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0]
}

/** `id` picks the ground, so that a person keeps it when renamed. */
export function Avatar({ name, id, size = 20, className }: { name: string; id?: string; size?: number; className?: string }) {
  return (
    <span
      aria-hidden
      title={name}
      className={clsx('inline-flex flex-none select-none items-center justify-center rounded-full font-semibold text-fg', className)}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.45),
        lineHeight: 1,
        background: `color-mix(in srgb, ${groundOf(id ?? name)} 34%, var(--bg-panel))`,
      }}
    >
      {initialsOf(name)}
    </span>
  )
}
