import type { Metadata } from 'next'
import { ExportScreen } from '@/components/dataset/export-screen'
import { PageHead } from '@/components/project/page-head'
import { QueryProvider } from '@/components/ui/query-provider'
import { can } from '@/core/access'
import { EXPORTABLE_STATES } from '@/core/sample-state'
import { projectOfPage } from '@/server/page-access'
import { getProjectCounts } from '@/server/queries/get-project-counts'

export const metadata: Metadata = { title: 'Exports' }

export default async function ExportsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role } = await projectOfPage((await params).slug)
  const counts = await getProjectCounts(project.id)
  const approvedCount = EXPORTABLE_STATES.reduce((sum, state) => sum + (counts.states[state] ?? 0), 0)
  return (
    <QueryProvider>
      <PageHead title="Exports" />
      <ExportScreen projectId={project.id} canExport={can(role, 'export.run')} approvedCount={approvedCount} totalCount={counts.samples} />
    </QueryProvider>
  )
}
