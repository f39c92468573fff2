import type { ReactNode } from 'react'

/** A part of the settings: what it is for on the left, what can be set on the right. */
export function SettingsSection({ title, note, children }: { title: string; note: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-[220px_minmax(0,1fr)] gap-6 border-line border-b py-6 first:pt-1 last:border-b-0">
      <div>
        <h2 className="font-semibold text-13">{title}</h2>
        <p className="mt-1 text-fg-3">{note}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  )
}

/** What is wrong with a setting, beside it. */
export function Problem({ messages }: { messages: readonly string[] }) {
  return messages.length === 0 ? null : (
    <ul role="alert" className="flex flex-col gap-0.5 text-bad">
      {messages.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  )
}
