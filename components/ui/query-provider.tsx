'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { AppError } from '@/core/errors'

/** Only pages that read from the browser carry it. A refusal is not asked again; a lost line is. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: (count, error) => count < 2 && (!(error instanceof AppError) || error.code === 'unavailable') },
        },
      }),
  )
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
