import type { Metadata } from 'next'
import { PAGE_SIZE } from '@/components/queue/page-size'
import { SampleList } from '@/components/queue/sample-list'
import { can } from '@/core/access'
import { parseSampleFilter, sampleFilterParams } from '@/core/sample-filter'
import { projectOfPage } from '@/server/page-access'
import { countSamples } from '@/server/queries/count-samples'
import { getProjectCounts } from '@/server/queries/get-project-counts'
import { listSamples } from '@/server/queries/list-samples'

export const metadata: Metadata = { title: 'Samples' }

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The first rows come with the page; everything after that is read by the list itself. */
export default async function SamplesPage({ params, searchParams }: Props) {
  const { project, role } = await projectOfPage((await params).slug)
  const pairs = Object.entries(await searchParams).flatMap(([key, value]) =>
    [value ?? []].flat().map((item): [string, string] => [key, item]),
  )
  const filter = parseSampleFilter(new URLSearchParams(pairs))
  const [page, total, counts] = await Promise.all([
    listSamples(project.id, filter, { offset: 0 }, PAGE_SIZE),
    countSamples(project.id, filter),
    getProjectCounts(project.id),
  ])
  return (
    <SampleList
      projectId={project.id}
      base={`/projects/${project.slug}`}
      first={{ query: sampleFilterParams(filter).toString(), page, total }}
      states={counts.states}
      canImport={can(role, 'import.run')}
      canReview={can(role, 'sample.decide')}
      nowMs={Date.now()}
    />
  )
}
