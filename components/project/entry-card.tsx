import type { ReactNode } from 'react'
import { LogoMark } from '@/components/ui/logo'

/** The one card of pages outside of a project: sign-in, invitation, and what went wrong with a link. */
export function EntryCard({ title, lead, children, foot }: { title: string; lead: ReactNode; children?: ReactNode; foot?: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center bg-app p-6">
      <div className="flex w-84 flex-col gap-4 rounded-4 border border-line-strong bg-panel p-8">
        <LogoMark size={40} />
        <div className="flex flex-col gap-1">
          <h1 className="font-semibold text-24 tracking-[-0.025em]">{title}</h1>
          <div className="text-13 text-fg-2">{lead}</div>
        </div>
        {children}
        {foot === undefined ? null : <div className="border-line border-t pt-4 text-12 text-fg-3 leading-[18px]">{foot}</div>}
      </div>
    </main>
  )
}
