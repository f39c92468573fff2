import { expect, test } from 'vitest'
import { db } from '@/server/db'
import { demoState, openDemoProject } from './demo-state'

test('who has a project of their own gets no demo', async () => {
  const own = await db.project.create({ data: { slug: 'own', name: 'Own' } })
  expect(await demoState()).toEqual({ kind: 'not-wanted' })
  expect(await openDemoProject()).toBeNull()
  await db.project.delete({ where: { id: own.id } })
})

test('two starts at once make one project; deleted before it was complete, it stays deleted', async () => {
  const ids = await Promise.all([openDemoProject(), openDemoProject(), openDemoProject()])
  expect(new Set(ids).size).toBe(1)
  expect(await db.project.count()).toBe(1)
  expect(await demoState()).toEqual({ kind: 'resume', projectId: ids[0] })
  await db.project.deleteMany({})
  expect(await demoState()).toEqual({ kind: 'not-wanted' })
})
