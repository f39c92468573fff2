import { FolderPlus, Lock } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/ui/empty-state'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { ProjectEntry } from '@/server/queries/list-projects'
import { NewProject } from './new-project'
import { countOf, formatAge, formatCount } from './numbers'
import { ProjectBadge } from './project-badge'
import { ROLE_WORDS } from './role-words'

const COLUMNS = 'grid grid-cols-[20px_minmax(0,2fr)_minmax(0,1.4fr)_88px_96px_64px] items-center gap-4 px-4'

export function ProjectList({ projects, canCreate, nowMs }: { projects: readonly ProjectEntry[]; canCreate: boolean; nowMs: number }) {
  if (projects.length === 0) return <NoProjects canCreate={canCreate} />
  return (
    <div className="overflow-hidden rounded-4 border border-line">
      <div className={`${COLUMNS} h-7 bg-app font-medium text-11 text-fg-3`}>
        <span />
        <span>Project</span>
        <span>Decided</span>
        <span className="text-right">Videos</span>
        <span>Your role</span>
        <span className="text-right">Changed</span>
      </div>
      <ul>
        {projects.map((project) => (
          <li key={project.id} className="border-line border-t">
            <Link href={`/projects/${project.slug}`} className={`${COLUMNS} h-13 -outline-offset-2 hover:bg-hover`}>
              <ProjectBadge name={project.name} />
              <span className="min-w-0">
                <span className="block truncate font-medium text-13">{project.name}</span>
                <span className="block truncate text-fg-3">
                  {project.samples === 0
                    ? 'nothing imported yet'
                    : `${formatCount(project.waiting)} of ${countOf(project.samples, 'sample')} to review`}
                </span>
              </span>
              <span className="flex items-center gap-2">
                <ProgressBar
                  value={project.samples === 0 ? 0 : project.decided / project.samples}
                  label={`Decided in ${project.name}`}
                  tone="ok"
                  className="flex-1"
                />
                <span className="num w-8 text-right text-fg-2">
                  {project.samples === 0 ? '–' : `${Math.floor((project.decided / project.samples) * 100)} %`}
                </span>
              </span>
              <span className="num text-right text-fg-2">{formatCount(project.videos)}</span>
              <span className="truncate text-fg-2">{ROLE_WORDS[project.role].name}</span>
              <span className="num text-right text-fg-3">{formatAge(nowMs - project.changedAt.getTime())}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function NoProjects({ canCreate }: { canCreate: boolean }) {
  return (
    <div className="flex min-h-80 items-center justify-center rounded-4 border border-line-strong p-8">
      {canCreate ? (
        <EmptyState icon={<FolderPlus size={20} strokeWidth={1.5} aria-hidden />} title="No projects yet" actions={<NewProject />}>
          Make a project, then import a folder of videos with its annotation file.
        </EmptyState>
      ) : (
        <EmptyState icon={<Lock size={20} strokeWidth={1.5} aria-hidden />} title="No project of yours">
          You are signed in, but nobody has invited you to a project yet. Ask its administrator for an invitation link.
        </EmptyState>
      )}
    </div>
  )
}
