import type { ReactNode } from 'react'
import { SideNav } from '@/components/project/side-nav'
import { projectOfPage } from '@/server/page-access'
import { getProjectCounts } from '@/server/queries/get-project-counts'
import { listProjectNames } from '@/server/queries/list-projects'

type Props = { children: ReactNode; params: Promise<{ slug: string }> }

/** Everything of a project but the review screen, which needs the whole window. */
export default async function ShellLayout({ children, params }: Props) {
  const { project, role, viewer } = await projectOfPage((await params).slug)
  const counts = getProjectCounts(project.id)
  return (
    <div className="flex h-full min-w-0">
      <SideNav project={project} projects={await listProjectNames(viewer)} role={role} viewer={viewer} counts={counts} />
      <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">{children}</main>
    </div>
  )
}
