import type { Metadata } from 'next'
import { filterCount, filterWords, ORDER_WORDS } from '@/components/review/filter-words'
import { ReviewScreen } from '@/components/review/review-screen'
import { can } from '@/core/access'
import { AppError } from '@/core/errors'
import { parseSampleFilter, sampleFilterParams } from '@/core/sample-filter'
import { isEditable } from '@/core/sample-state'
import { projectOfPage } from '@/server/page-access'
import { getQueue } from '@/server/queries/get-queue'
import { getSample } from '@/server/queries/get-sample'

export const metadata: Metadata = { title: 'Review' }

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The sample that is named in the address, else the first of the filter that is still to be decided. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const { project, role, viewer } = await projectOfPage((await params).slug)
  const query = toParams(await searchParams)
  const filter = parseSampleFilter(query)
  const wanted = query.get('sample')
  const queue = await getQueue({ projectId: project.id, filter, userId: viewer.userId }, { around: wanted })
  const sampleId = wanted ?? queue.items.find((item) => isEditable(item.state))?.id ?? queue.items[0]?.id ?? null
  return (
    <ReviewScreen
      session={{
        project: { id: project.id, slug: project.slug, name: project.name },
        viewer: { id: viewer.userId, name: viewer.name },
        canEdit: can(role, 'sample.edit'),
        canDecide: can(role, 'sample.decide'),
      }}
      queue={queue}
      sample={sampleId === null ? null : await sampleOrNull(project.id, sampleId)}
      filter={sampleFilterParams(filter).toString()}
      filterWords={filterWords(filter)}
      filterCount={filterCount(filter)}
      orderText={ORDER_WORDS[filter.order]}
    />
  )
}

function toParams(search: Record<string, string | string[] | undefined>): URLSearchParams {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
  )
  return new URLSearchParams(pairs)
}

/** A sample that was removed since its address was copied is no error: the queue opens at its beginning. */
async function sampleOrNull(projectId: string, sampleId: string) {
  try {
    return await getSample(projectId, sampleId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
