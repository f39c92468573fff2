import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'

type ProblemPageProps = { icon: ReactNode; title: string; children: ReactNode; actions: ReactNode; tone?: 'quiet' | 'warn' | 'bad' }

/** A whole page that says what happened and what to do. */
export function ProblemPage({ icon, title, children, actions, tone = 'quiet' }: ProblemPageProps) {
  return (
    <main className="flex h-full min-h-80 flex-1 items-center justify-center bg-panel p-8">
      <title>{`${title} · Crema`}</title>
      <EmptyState icon={icon} title={title} actions={actions} tone={tone} level={1}>
        {children}
      </EmptyState>
    </main>
  )
}
