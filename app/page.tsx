import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NewProject } from '@/components/project/new-project'
import { ProjectList } from '@/components/project/project-list'
import { TopBar } from '@/components/project/top-bar'
import { viewerOfPage } from '@/server/page-access'
import { listProjects } from '@/server/queries/list-projects'

export const metadata: Metadata = { title: 'Projects' }

/** Whoever has one project goes straight there, except when asking for the list. */
export default async function ProjectsPage({ searchParams }: { searchParams: Promise<{ all?: string }> }) {
  const viewer = await viewerOfPage()
  const projects = await listProjects(viewer)
  const only = projects.length === 1 ? projects[0] : undefined
  if (only !== undefined && (await searchParams).all === undefined) redirect(`/projects/${only.slug}`)
  return (
    <div className="flex min-h-full flex-col bg-panel">
      <TopBar viewer={viewer} />
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col px-5 pt-8 pb-12">
        <div className="mb-4 flex h-8 items-center gap-2">
          <h1 className="font-semibold text-18 tracking-[-0.012em]">Projects</h1>
          <span className="flex-1" />
          {viewer.isAdmin && projects.length > 0 ? <NewProject /> : null}
        </div>
        <ProjectList projects={projects} canCreate={viewer.isAdmin} nowMs={Date.now()} />
      </main>
    </div>
  )
}
