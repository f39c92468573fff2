'use client'

import { TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { ProblemPage } from './problem-page'

/** A defect of ours or a part that does not answer. The cause stays in the log; `digest` finds it there. */
export function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <ProblemPage
      tone="bad"
      icon={<TriangleAlert size={20} strokeWidth={1.5} aria-hidden />}
      title="This page could not be made"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <ButtonLink href="/?all" variant="ghost">
            Your projects
          </ButtonLink>
        </>
      }
    >
      Nothing you saved is lost. If it happens again, run <code className="code-11">npm run -s crema -- doctor</code> on the server
      {error.digest === undefined ? '.' : ', or look for this mark in its log:'}
      {error.digest === undefined ? null : <code className="code-11 mt-1 block select-all text-fg">{error.digest}</code>}
    </ProblemPage>
  )
}
