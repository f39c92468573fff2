import {
  Activity,
  CircleHelp,
  Crosshair,
  Download,
  Film,
  House,
  Inbox,
  LayoutGrid,
  Settings,
  SlidersHorizontal,
  Upload,
  Users,
} from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, Suspense } from 'react'
import { Logo } from '@/components/ui/logo'
import { can, type Role } from '@/core/access'
import type { ProjectCounts } from '@/server/queries/get-project-counts'
import { NavLink } from './nav-link'
import { formatCount } from './numbers'
import { ProjectSwitcher } from './project-switcher'
import { ROLE_WORDS } from './role-words'
import { UserButton } from './user-button'

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const

type SideNavProps = {
  project: { slug: string; name: string }
  projects: readonly { slug: string; name: string }[]
  role: Role
  viewer: { userId: string; name: string }
  /** Not awaited: the page does not wait for the numbers beside its links. */
  counts: Promise<ProjectCounts>
}

export function SideNav({ project, projects, role, viewer, counts }: SideNavProps) {
  const base = `/projects/${project.slug}`
  const count = (key: 'waiting' | 'samples' | 'videos') => (
    <Suspense fallback={null}>
      <Count counts={counts} name={key} />
    </Suspense>
  )
  return (
    <nav aria-label="Project" className="flex w-52 flex-none flex-col gap-0.5 overflow-y-auto border-line border-r bg-app px-2 py-3">
      <Link href="/?all" aria-label="Crema, all projects" className="mb-2 flex h-6 items-center self-start rounded-2 px-2">
        <Logo />
      </Link>
      <ProjectSwitcher current={project} projects={projects} />
      <NavLink href={base} icon={<House {...ICON} />} isDeep={false}>
        Home
      </NavLink>
      <NavLink href={`${base}/review`} icon={<Inbox {...ICON} />} count={count('waiting')}>
        Review
      </NavLink>
      <NavLink href={`${base}/samples`} icon={<LayoutGrid {...ICON} />} count={count('samples')}>
        Samples
      </NavLink>
      <NavLink href={`${base}/videos`} icon={<Film {...ICON} />} count={count('videos')}>
        Videos
      </NavLink>
      <Caption>Build</Caption>
      {can(role, 'import.run') ? (
        <NavLink href={`${base}/import`} icon={<Upload {...ICON} />}>
          Import
        </NavLink>
      ) : null}
      <NavLink
        href={`${base}/runs`}
        icon={<Activity {...ICON} />}
        count={
          <Suspense fallback={null}>
            <LiveRuns counts={counts} />
          </Suspense>
        }
      >
        Runs
      </NavLink>
      <NavLink href={`${base}/pipeline`} icon={<SlidersHorizontal {...ICON} />}>
        Pipeline
      </NavLink>
      <NavLink href={`${base}/selector`} icon={<Crosshair {...ICON} />}>
        Selector
      </NavLink>
      <Caption>Ship</Caption>
      <NavLink href={`${base}/exports`} icon={<Download {...ICON} />}>
        Exports
      </NavLink>
      <Caption>Project</Caption>
      <NavLink href={`${base}/members`} icon={<Users {...ICON} />}>
        People
      </NavLink>
      <NavLink href={`${base}/settings`} icon={<Settings {...ICON} />}>
        Settings
      </NavLink>
      <span className="min-h-4 flex-1" />
      <NavLink href="/keyboard" icon={<CircleHelp {...ICON} />}>
        Keyboard and help
      </NavLink>
      <UserButton userId={viewer.userId} name={viewer.name} note={role === 'admin' ? 'admin' : ROLE_WORDS[role].name.toLowerCase()} />
    </nav>
  )
}

async function Count({ counts, name }: { counts: Promise<ProjectCounts>; name: 'waiting' | 'samples' | 'videos' }) {
  return formatCount((await counts)[name])
}

async function LiveRuns({ counts }: { counts: Promise<ProjectCounts> }) {
  const { liveRuns } = await counts
  return liveRuns === 0 ? null : `${formatCount(liveRuns)} live`
}

function Caption({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-3 pb-1 font-medium text-11 text-fg-3">{children}</div>
}
