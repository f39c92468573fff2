import type { Metadata } from 'next'
import { SelectorScreen } from '@/components/evaluation/selector-screen'
import { QueryProvider } from '@/components/ui/query-provider'
import { can } from '@/core/access'
import { projectOfPage } from '@/server/page-access'
import { listSelectorReports } from '@/server/queries/list-selector-reports'

export const metadata: Metadata = { title: 'Selector' }

export default async function SelectorPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role } = await projectOfPage((await params).slug)
  return (
    <QueryProvider>
      <SelectorScreen
        projectId={project.id}
        base={`/projects/${project.slug}`}
        canManage={can(role, 'run.manage')}
        first={await listSelectorReports(project.id)}
      />
    </QueryProvider>
  )
}
