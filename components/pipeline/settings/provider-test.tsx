'use client'

import { useQuery } from '@tanstack/react-query'
import { Check, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { waitForErrand } from '@/browser/errands'
import { Button } from '@/components/ui/button'
import { projectIdSchema } from '@/core/ids'
import { providerTestSchema } from '@/core/pipeline/run-errand'
import type { ProviderRef } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'
import { testProvider } from '@/server/actions/test-provider'
import { reachServer } from '../reach-server'
import { smallMoneyText } from '../run-words'

/** One tiny real call, made by the worker: the answer, how long it took, what it cost. */
export function ProviderTest({
  projectId,
  role,
  modelRef,
  name,
}: {
  projectId: string
  role: ModelRole
  modelRef: ProviderRef
  name: string
}) {
  const [asked, setAsked] = useState<{ id: string; key: string } | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const key = JSON.stringify(modelRef)
  const isCurrent = asked?.key === key
  const errand = useQuery({
    queryKey: ['errand', projectId, asked?.id],
    enabled: isCurrent,
    // It has waited long enough, and what the provider failed with does not change.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => waitForErrand(projectId, asked?.id ?? '', signal),
  })
  const isBusy = isSending || (isCurrent && errand.isPending)
  const test = async () => {
    setIsSending(true)
    setRefused(null)
    const input = { projectId: projectIdSchema.parse(projectId), role, ref: { ...modelRef } }
    const result = await reachServer(() => testProvider(input))
    setIsSending(false)
    if (result.ok) setAsked({ id: result.data.errandId, key })
    else setRefused(result.error.message)
  }
  return (
    <div className="flex min-w-60 flex-1 items-start gap-2">
      <Button
        aria-label={`Test the provider of ${name}`}
        aria-disabled={isBusy || modelRef.model === ''}
        onClick={() => !isBusy && modelRef.model !== '' && void test()}
      >
        {isBusy ? 'Testing…' : 'Test this provider'}
      </Button>
      <div role="status" className="min-w-0 flex-1 py-1.5">
        <Outcome
          problem={refused ?? (isCurrent ? (errand.error?.message ?? null) : null)}
          output={isCurrent ? (errand.data ?? null) : null}
        />
      </div>
    </div>
  )
}

function Outcome({ problem, output }: { problem: string | null; output: unknown }) {
  if (problem !== null) {
    return (
      <p className="flex items-start gap-1 text-bad">
        <TriangleAlert size={12} strokeWidth={2} className="mt-0.5 flex-none" aria-hidden />
        <span className="min-w-0 [overflow-wrap:anywhere]">{problem}</span>
      </p>
    )
  }
  const parsed = providerTestSchema.safeParse(output)
  if (!parsed.success) return null
  const { answer, latencyMs, costMicroUsd } = parsed.data
  return (
    <p className="flex items-start gap-1">
      <Check size={12} strokeWidth={2} className="mt-0.5 flex-none text-ok" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="text-fg-2">{answer.slice(0, 300)}</span>
        <span className="num text-fg-3">
          {` · ${latencyMs < 1000 ? `${Math.round(latencyMs)} ms` : `${(latencyMs / 1000).toFixed(1)} s`} · ${costMicroUsd === null ? 'price not known' : smallMoneyText(costMicroUsd)}`}
        </span>
      </span>
    </p>
  )
}
