import type { Metadata } from 'next'
import { PipelineScreen } from '@/components/pipeline/settings/pipeline-screen'
import { QueryProvider } from '@/components/ui/query-provider'
import { can } from '@/core/access'
import { db } from '@/server/db'
import { projectOfPage } from '@/server/page-access'
import { pipelineSettingsOf } from '@/server/pipeline/project-settings'

export const metadata: Metadata = { title: 'Pipeline' }

export default async function PipelinePage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role } = await projectOfPage((await params).slug)
  const budget = await db.budget.findUnique({ where: { projectId: project.id } })
  const capMicroUsd = budget?.capMicroUsd ?? null
  return (
    <QueryProvider>
      <PipelineScreen
        // Begins anew with what was saved, by whomever.
        key={project.updatedAt.toISOString()}
        projectId={project.id}
        kept={pipelineSettingsOf(project)}
        canEdit={can(role, 'pipeline.edit')}
        budget={{ capMicroUsd: capMicroUsd === null ? null : Number(capMicroUsd), spentMicroUsd: Number(budget?.spentMicroUsd ?? 0) }}
      />
    </QueryProvider>
  )
}
