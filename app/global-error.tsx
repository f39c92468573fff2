'use client'

import './globals.css'
import { ErrorPage } from '@/components/project/error-page'

/** Takes the place of the root layout, so it brings its own document. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <ErrorPage error={error} retry={reset} />
      </body>
    </html>
  )
}
