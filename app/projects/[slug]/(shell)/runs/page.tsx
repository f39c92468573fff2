import type { Metadata } from 'next'
import { RunsScreen } from '@/components/pipeline/runs-screen'
import { QueryProvider } from '@/components/ui/query-provider'
import { can } from '@/core/access'
import { db } from '@/server/db'
import { projectOfPage } from '@/server/page-access'
import { listRuns } from '@/server/queries/list-runs'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role } = await projectOfPage((await params).slug)
  const [runs, readyVideos] = await Promise.all([listRuns(project.id), db.video.count({ where: { projectId: project.id, state: 'done' } })])
  return (
    <QueryProvider>
      <RunsScreen
        first={runs}
        projectId={project.id}
        base={`/projects/${project.slug}`}
        canManage={can(role, 'run.manage')}
        readyVideos={readyVideos}
      />
    </QueryProvider>
  )
}
