'use client'

import { Check, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { projectIdSchema } from '@/core/ids'
import { isSettled, providerTestSchema } from '@/core/pipeline/run-errand'
import type { ProviderRef } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'
import { testProvider } from '@/server/actions/test-provider'
import { smallMoneyText } from '../run-words'
import { useErrand } from '../use-errand'

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
  const errand = useErrand(projectId, isCurrent ? asked.id : null)
  const isBusy = isSending || (isCurrent && errand.error === null && (errand.data === undefined || !isSettled(errand.data)))
  const test = async () => {
    setIsSending(true)
    setRefused(null)
    const result = await testProvider({ projectId: projectIdSchema.parse(projectId), role, ref: { ...modelRef } })
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
        <Outcome problem={refused ?? errand.error?.message ?? errand.data?.error?.message ?? null} output={errand.data?.output ?? null} />
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
