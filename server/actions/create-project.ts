'use server'

import { z } from 'zod'
import { projectNameSchema, slugOf } from '@/core/project-name'
import { defineAction } from '@/server/action'

/** A new project and its maker as its administrator. */
export const createProject = defineAction({
  name: 'project.create',
  permission: 'installation.admin',
  input: z.object({ name: projectNameSchema }),
  async run({ input, viewer, tx }) {
    const base = slugOf(input.name)
    const taken = new Set(
      (await tx.project.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } })).map((row) => row.slug),
    )
    let slug = base
    for (let n = 2; taken.has(slug); n += 1) slug = `${base}-${n}`
    const project = await tx.project.create({
      data: { name: input.name, slug, memberships: { create: { userId: viewer.userId, role: 'admin' } } },
      select: { id: true, slug: true },
    })
    return project
  },
  record: ({ input, data }) => ({ subject: data.id, facts: { name: input.name, slug: data.slug } }),
})
