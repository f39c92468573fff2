import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunScreen } from '@/components/pipeline/run-screen'
import { QueryProvider } from '@/components/ui/query-provider'
import { can } from '@/core/access'
import { AppError } from '@/core/errors'
import type { RunStatus } from '@/core/pipeline/run-status'
import { projectOfPage } from '@/server/page-access'
import { getRun } from '@/server/queries/get-run'
import { getRunOutcomes } from '@/server/queries/get-run-outcome'
import { getRunSettings } from '@/server/queries/get-run-settings'

type Props = { params: Promise<{ slug: string; number: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).number}` }
}

export default async function RunPage({ params }: Props) {
  const { slug, number } = await params
  const { project, role } = await projectOfPage(slug)
  const run = await runOfPage(project.id, Number(number))
  const outcomes = run.state === 'done' ? await getRunOutcomes(project.id, run.number) : { own: null, before: null }
  return (
    <QueryProvider>
      <RunScreen
        key={run.id}
        first={run}
        projectId={project.id}
        base={`/projects/${project.slug}`}
        canManage={can(role, 'run.manage')}
        settings={await getRunSettings(run.id)}
        outcomes={outcomes}
      />
    </QueryProvider>
  )
}

async function runOfPage(projectId: string, number: number): Promise<RunStatus> {
  try {
    return await getRun(projectId, { number })
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
