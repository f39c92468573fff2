'use client'

import { ChevronsUpDown, LayoutGrid } from 'lucide-react'
import { Menu, MenuLabel, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { ProjectBadge } from './project-badge'

type ProjectSwitcherProps = { current: { slug: string; name: string }; projects: readonly { slug: string; name: string }[] }

export function ProjectSwitcher({ current, projects }: ProjectSwitcherProps) {
  return (
    <Menu
      isWide
      trigger={
        <button
          type="button"
          aria-label={`Project ${current.name}. Switch project`}
          className="mb-3 flex h-9 items-center gap-2 rounded-3 border border-line-strong bg-panel px-2 text-left hover:bg-control-hover"
        >
          <ProjectBadge name={current.name} />
          <span className="min-w-0 flex-1 truncate font-medium">{current.name}</span>
          <ChevronsUpDown size={14} strokeWidth={1.5} className="flex-none text-fg-2" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Projects</MenuLabel>
      {projects.map((project) => (
        <MenuLink
          key={project.slug}
          href={`/projects/${project.slug}`}
          isCurrent={project.slug === current.slug}
          icon={<ProjectBadge name={project.name} isSmall />}
        >
          {project.name}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink href="/?all" icon={<LayoutGrid size={16} strokeWidth={1.5} aria-hidden />}>
        All projects
      </MenuLink>
    </Menu>
  )
}
