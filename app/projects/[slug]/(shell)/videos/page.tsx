import { Film, Search, Upload } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { VideoSelection } from '@/components/pipeline/video-selection'
import { formatCount } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { VideoList } from '@/components/project/video-list'
import { RefreshWhile, VideoTools } from '@/components/project/video-tools'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { can } from '@/core/access'
import { db } from '@/server/db'
import { projectOfPage } from '@/server/page-access'
import { listVideos } from '@/server/queries/list-videos'

export const metadata: Metadata = { title: 'Videos' }

const querySchema = z.object({
  q: z.string().trim().max(200).catch(''),
  problems: z.string().optional().catch(undefined),
  name: z.string().max(4096).optional().catch(undefined),
  id: z.uuid().optional().catch(undefined),
})

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, unknown>> }

export default async function VideosPage({ params, searchParams }: Props) {
  const { project, role } = await projectOfPage((await params).slug)
  const query = querySchema.parse(await searchParams)
  const base = `/projects/${project.slug}`
  const isProblemsOnly = query.problems !== undefined
  const after = query.name !== undefined && query.id !== undefined ? { name: query.name, id: query.id } : null
  const [{ rows, hasMore }, groups] = await Promise.all([
    listVideos(project.id, { text: query.q, isProblemsOnly, after }),
    db.video.groupBy({ by: ['state'], where: { projectId: project.id }, _count: true }),
  ])
  const count = (...states: string[]) =>
    groups.filter((group) => states.includes(group.state)).reduce((sum, group) => sum + group._count, 0)
  const total = groups.reduce((sum, group) => sum + group._count, 0)
  const preparing = count('waiting', 'running')
  const last = rows.at(-1)
  const canUpload = can(role, 'video.upload')
  const canRun = can(role, 'run.manage')
  return (
    <>
      <PageHead
        title="Videos"
        note={preparing === 0 ? formatCount(total) : `${formatCount(total)}, ${formatCount(preparing)} being prepared`}
      >
        {total === 0 ? null : (
          <VideoTools
            path={`${base}/videos`}
            text={query.q}
            isProblemsOnly={isProblemsOnly}
            counts={{ total, failed: count('failed', 'cancelled') }}
          />
        )}
        {canUpload && total > 0 ? (
          <ButtonLink href={`${base}/import`}>
            <Upload size={16} strokeWidth={1.5} aria-hidden />
            Add videos
          </ButtonLink>
        ) : null}
      </PageHead>
      <RefreshWhile isBusy={preparing > 0} />
      {rows.length === 0 ? (
        <div className="flex min-h-0 flex-1 items-center justify-center p-8">
          {total === 0 ? <NoVideos importHref={canUpload ? `${base}/import` : null} /> : <NoMatch href={`${base}/videos`} />}
        </div>
      ) : (
        <ListOfVideos canRun={canRun} projectId={project.id} base={base}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
          <section tabIndex={0} aria-label="Videos" className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto">
            <VideoList rows={rows} projectId={project.id} base={base} canRun={canRun} />
            {hasMore && last !== undefined ? (
              <nav aria-label="Pages" className="flex justify-center p-4">
                <ButtonLink href={`${base}/videos?${nextPage(query.q, isProblemsOnly, last)}`}>Next videos</ButtonLink>
              </nav>
            ) : null}
          </section>
        </ListOfVideos>
      )}
    </>
  )
}

/** Who may start runs can tick videos; everybody else only reads. */
function ListOfVideos({ canRun, projectId, base, children }: { canRun: boolean; projectId: string; base: string; children: ReactNode }) {
  if (!canRun) return children
  return (
    <VideoSelection projectId={projectId} base={base}>
      {children}
    </VideoSelection>
  )
}

function nextPage(text: string, isProblemsOnly: boolean, last: { name: string; id: string }): URLSearchParams {
  const params = new URLSearchParams({ name: last.name, id: last.id })
  if (text !== '') params.set('q', text)
  if (isProblemsOnly) params.set('problems', '1')
  return params
}

function NoVideos({ importHref }: { importHref: string | null }) {
  return (
    <EmptyState
      icon={<Film size={20} strokeWidth={1.5} aria-hidden />}
      title="No videos yet"
      actions={
        importHref === null ? null : (
          <ButtonLink href={importHref} variant="primary">
            Import
          </ButtonLink>
        )
      }
    >
      {importHref === null
        ? 'A curator of this project has to import videos first.'
        : 'Drop a folder with videos and, if you have one, an annotation file.'}
    </EmptyState>
  )
}

function NoMatch({ href }: { href: string }) {
  return (
    <EmptyState
      icon={<Search size={20} strokeWidth={1.5} aria-hidden />}
      title="Nothing matches"
      actions={
        <Link href={href} className="font-medium text-accent-fg underline-offset-2 hover:underline">
          Show all videos
        </Link>
      }
    >
      No file of this project fits the search.
    </EmptyState>
  )
}
