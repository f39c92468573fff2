'use client'

import { TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-style'
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
          {/* A page that broke is left by loading the next one whole; every page carries this one, so it brings no router link. */}
          <a href="/?all" className={buttonClass('ghost', 'md', false)}>
            Your projects
          </a>
        </>
      }
    >
      Nothing you saved is lost. If it happens again, run <code className="code-11">npm run -s crema -- doctor</code> on the server
      {error.digest === undefined ? '.' : ', or look for this mark in its log:'}
      {error.digest === undefined ? null : <code className="code-11 mt-1 block select-all text-fg">{error.digest}</code>}
    </ProblemPage>
  )
}
