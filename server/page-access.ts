import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { Permission } from '@/core/access'
import { AppError } from '@/core/errors'
import { findViewer, type Viewer } from './session'
import { type ProjectAccess, requireProject } from './viewer'

/** For pages: the viewer, or the sign-in page, which leads back here afterwards. */
export async function viewerOfPage(): Promise<Viewer> {
  const viewer = await findViewer()
  if (viewer !== null) return viewer
  const path = (await headers()).get('x-crema-path')
  redirect(path === null || path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
}

/** For pages of a project: the project with the viewer's role, or the page that says there is no such thing. */
export async function projectOfPage(slug: string, permission: Permission = 'project.view'): Promise<ProjectAccess & { viewer: Viewer }> {
  const viewer = await viewerOfPage()
  try {
    return { ...(await requireProject(viewer, { slug }, permission)), viewer }
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'forbidden')) notFound()
    throw error
  }
}
