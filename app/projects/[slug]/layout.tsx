import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { projectOfPage } from '@/server/page-access'

type Props = { children: ReactNode; params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project } = await projectOfPage((await params).slug)
  return { title: { default: project.name, template: `%s · ${project.name} · Crema` } }
}

/** Nobody sees anything of a project that is not theirs, whatever the page below does. */
export default async function ProjectLayout({ children, params }: Props) {
  await projectOfPage((await params).slug)
  return children
}
