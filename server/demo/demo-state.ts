/**
 * Whether the demo is to be made. Two rows of the audit log say what happened, because they cannot be deleted with the
 * project: `demo.create` (subject = project) and `demo.complete`. A demo that somebody deleted stays deleted, and whoever has
 * a project of their own gets none.
 */
import { audit, SYSTEM_SCOPE } from '../audit'
import { db, type Tx } from '../db'

export const DEMO_SLUG = 'demo'
export const DEMO_NAME = 'Demo: first look'

/** `make` = there is no project at all; `resume` = begun, but a clip or a draft was missing. */
export type DemoState =
  | { readonly kind: 'make' }
  | { readonly kind: 'resume'; readonly projectId: string }
  | { readonly kind: 'complete' }
  | { readonly kind: 'not-wanted' }

const find = (tx: Tx, action: string) =>
  tx.auditEvent.findFirst({ where: { scope: SYSTEM_SCOPE, action }, orderBy: { seq: 'desc' }, select: { subject: true } })

export async function demoState(tx: Tx = db): Promise<DemoState> {
  if ((await find(tx, 'demo.complete')) !== null) return { kind: 'complete' }
  const begun = await find(tx, 'demo.create')
  if (begun === null) return (await tx.project.count()) === 0 ? { kind: 'make' } : { kind: 'not-wanted' }
  const projectId = await demoProjectId(tx)
  return projectId === null ? { kind: 'not-wanted' } : { kind: 'resume', projectId }
}

/** The demo project, while somebody keeps it; null otherwise. */
export async function demoProjectId(tx: Tx): Promise<string | null> {
  const subject = (await find(tx, 'demo.create'))?.subject ?? null
  return subject === null ? null : ((await tx.project.findUnique({ where: { id: subject }, select: { id: true } }))?.id ?? null)
}

/** The project to fill, made when that is still wanted; null when not. Two starts at once agree on one project. */
export async function openDemoProject(): Promise<string | null> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('crema:demo', 0))`
    const state = await demoState(tx)
    if (state.kind === 'resume') return state.projectId
    if (state.kind !== 'make') return null
    const project = await tx.project.create({ data: { slug: DEMO_SLUG, name: DEMO_NAME }, select: { id: true } })
    await audit(tx, { scope: SYSTEM_SCOPE, actorId: null, action: 'demo.create', subject: project.id })
    return project.id
  })
}

export async function recordDemoComplete(projectId: string): Promise<void> {
  await db.$transaction((tx) => audit(tx, { scope: SYSTEM_SCOPE, actorId: null, action: 'demo.complete', subject: projectId }))
}
