/** The project a command works on, named by its slug. */
import { AppError } from '@/core/errors'
import { slugOf } from '@/core/project-name'
import { db } from '@/server/db'

/** The project of that slug or of that name; null when there is none. */
export async function findProject(typed: string): Promise<{ id: string; slug: string } | null> {
  const select = { id: true, slug: true }
  return (
    (await db.project.findUnique({ where: { slug: typed }, select })) ??
    (await db.project.findUnique({ where: { slug: slugOf(typed) }, select }))
  )
}

/** The same. @throws AppError invalid_input when there is none */
export async function requireProject(typed: string): Promise<{ id: string; slug: string }> {
  const project = await findProject(typed)
  if (project !== null) return project
  throw new AppError('invalid_input', `There is no project “${typed}”. The projects page lists them by name.`, { option: '--project' })
}

/** The same, made when absent: `--project "My clips"` gives the slug `my-clips`. */
export async function findOrCreateProject(typed: string): Promise<{ id: string; slug: string; isNew: boolean }> {
  const name = typed.trim()
  if (name === '' || name.length > 120)
    throw new AppError('invalid_input', '--project takes a name of 1 to 120 characters.', { option: '--project' })
  const found = await findProject(name)
  if (found !== null) return { ...found, isNew: false }
  const slug = slugOf(name)
  // Two commands may make the same project at once; the second finds it.
  await db.project.createMany({ data: [{ slug, name }], skipDuplicates: true })
  const made = await db.project.findUniqueOrThrow({ where: { slug }, select: { id: true, slug: true } })
  return { ...made, isNew: true }
}
