import { EntryCard } from './entry-card'

const TITLES = {
  used: 'This link was used',
  expired: 'This link has expired',
  unknown: 'This link is not known',
  valid: 'This link works',
} as const

/** Says how to get a new link, because that is the only thing that helps. */
export function BadLink({ state, kind }: { state: keyof typeof TITLES; kind: 'sign-in' | 'invite' }) {
  const isInvite = kind === 'invite'
  return (
    <EntryCard
      title={TITLES[state]}
      lead={
        isInvite
          ? 'An invitation works once. Ask the person who sent it for a new one.'
          : 'A sign-in link works once and for a day. Ask your administrator for a new one, or make one on the computer where Crema runs:'
      }
    >
      {isInvite ? null : <CommandLine text="npm run -s crema -- sign-in-link" />}
    </EntryCard>
  )
}

export function CommandLine({ text }: { text: string }) {
  return (
    <code className="code-11 block select-all overflow-x-auto whitespace-nowrap rounded-2 border border-line bg-well px-2.5 py-2 text-fg">
      {text}
    </code>
  )
}
