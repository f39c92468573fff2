'use client'

import { useEffect, useState } from 'react'
import { getJson } from '@/browser/api'
import { toAppError } from '@/core/errors'
import { type ListedModel, modelListSchema } from '@/core/models/model-list'

/** Registered dual encoders; none is loaded by being listed. `problem` = why the list is not there. */
export function useDualEncoders(): { readonly models: readonly ListedModel[]; readonly problem: string | null } {
  const [list, setList] = useState<{ models: readonly ListedModel[]; problem: string | null }>({ models: [], problem: null })
  useEffect(() => {
    const control = new AbortController()
    getJson('/api/models', modelListSchema, { signal: control.signal }).then(
      ({ models }) => setList({ models: models.filter(({ kind }) => kind === 'vision'), problem: null }),
      (error: unknown) => !control.signal.aborted && setList({ models: [], problem: toAppError(error).message }),
    )
    return () => control.abort()
  }, [])
  return list
}
