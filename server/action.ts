/**
 * The one gate of every server action (invariant 4): session → origin → parse → project together with viewer → role → run →
 * audit row, the last two in one transaction. `permission` is a required argument, so an action without one does not compile.
 */
import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import type { Permission, Role } from '@/core/access'
import { AppError, type ErrorBody } from '@/core/errors'
import { type AuditEntry, audit, SYSTEM_SCOPE } from './audit'
import { db, type Tx } from './db'
import { env } from './env'
import type { Project } from './generated/prisma/client'
import { log } from './log'
import { parseInput } from './parse-input'
import { reportError } from './report-error'
import { requireSameOrigin } from './request-origin'
import { notSignedIn, type Viewer, viewerOf } from './session'
import { type ProjectKey, requireProject } from './viewer'

export type ActionResult<Data> = { ok: true; data: Data } | { ok: false; error: ErrorBody }

/** What an action without a project may ask for. `anyone` is for links that carry their own secret. */
export type GeneralPermission = 'anyone' | 'signed-in' | 'installation.admin'

type Outcome = { readonly subject?: string | null; readonly facts?: NonNullable<AuditEntry['facts']> }

type Shared<Schema extends z.ZodType, Data> = {
  /** Name in the audit log and in our log, such as `project.create`. */
  readonly name: string
  readonly input: Schema
  /** How long its transaction may take where it writes tens of thousands of rows; otherwise the few seconds of the client. */
  readonly timeoutMs?: number
  /** What the audit row says beyond name and actor. Never secrets. null = nothing happened (a repeated send), so no row. */
  readonly record?: (call: { input: z.output<Schema>; data: Data }) => Outcome | null
  /** Work that must not be rolled back with the transaction and may fail alone, such as setting the session cookie. */
  readonly afterCommit?: (call: { input: z.output<Schema>; data: Data }) => Promise<void>
}

type ProjectCall<Input> = { input: Input; viewer: Viewer; project: Project; role: Role; tx: Tx; requestId: string }
type GeneralCall<Input, V> = { input: Input; viewer: V; project: null; tx: Tx; requestId: string }

type ProjectAction<Schema extends z.ZodType, Data> = Shared<Schema, Data> & {
  readonly permission: Permission
  readonly project: (input: z.output<Schema>) => ProjectKey
  readonly run: (call: ProjectCall<z.output<Schema>>) => Promise<Data>
}
type SignedInAction<Schema extends z.ZodType, Data> = Shared<Schema, Data> & {
  readonly permission: 'signed-in' | 'installation.admin'
  readonly run: (call: GeneralCall<z.output<Schema>, Viewer>) => Promise<Data>
}
type OpenAction<Schema extends z.ZodType, Data> = Shared<Schema, Data> & {
  readonly permission: 'anyone'
  readonly run: (call: GeneralCall<z.output<Schema>, Viewer | null>) => Promise<Data>
}

const GATED: unique symbol = Symbol('made by defineAction')
type Gate = { readonly name: string; readonly permission: Permission | GeneralPermission; readonly input: z.ZodType }
export type GatedAction<Input, Data> = ((input: Input) => Promise<ActionResult<Data>>) & { readonly [GATED]: Gate }

export function defineAction<Schema extends z.ZodType, Data>(definition: ProjectAction<Schema, Data>): GatedAction<z.input<Schema>, Data>
export function defineAction<Schema extends z.ZodType, Data>(definition: SignedInAction<Schema, Data>): GatedAction<z.input<Schema>, Data>
export function defineAction<Schema extends z.ZodType, Data>(definition: OpenAction<Schema, Data>): GatedAction<z.input<Schema>, Data>
export function defineAction<Schema extends z.ZodType, Data>(
  definition: ProjectAction<Schema, Data> | SignedInAction<Schema, Data> | OpenAction<Schema, Data>,
): GatedAction<z.input<Schema>, Data> {
  const gated = async (raw: z.input<Schema>): Promise<ActionResult<Data>> => {
    const requestId = randomUUID()
    const startedAt = performance.now()
    try {
      const data = await pass(definition, raw, requestId)
      log.info({ requestId, action: definition.name, ms: Math.round(performance.now() - startedAt) }, 'action done')
      return { ok: true, data }
    } catch (thrown) {
      unstable_rethrow(thrown)
      return { ok: false, error: reportError(thrown, { requestId, action: definition.name }) }
    }
  }
  return Object.assign(gated, { [GATED]: { name: definition.name, permission: definition.permission, input: definition.input } })
}

/** The gate an exported function went through, or null: lets a test prove that every action has one. */
export function gateOf(exported: unknown): Gate | null {
  return typeof exported === 'function' && GATED in exported ? (exported as GatedAction<unknown, unknown>)[GATED] : null
}

async function pass<Schema extends z.ZodType, Data>(
  definition: ProjectAction<Schema, Data> | SignedInAction<Schema, Data> | OpenAction<Schema, Data>,
  raw: unknown,
  requestId: string,
): Promise<Data> {
  const requestHeaders = await headers()
  const viewer = await viewerOf(requestHeaders)
  if (viewer === null && definition.permission !== 'anyone') throw notSignedIn()
  requireSameOrigin(requestHeaders, env.baseUrl)
  const input = parseInput(definition.input, raw)
  const { data, commit } = await start(definition, input, viewer, requestId)
  const { timeoutMs } = definition
  await db.$transaction(commit, timeoutMs === undefined ? {} : { timeout: timeoutMs })
  const done = data()
  await definition.afterCommit?.({ input, data: done })
  return done
}

/** Checks the role, then returns the transaction's body and a way to its result. */
async function start<Schema extends z.ZodType, Data>(
  definition: ProjectAction<Schema, Data> | SignedInAction<Schema, Data> | OpenAction<Schema, Data>,
  input: z.output<Schema>,
  viewer: Viewer | null,
  requestId: string,
) {
  let result: { data: Data } | undefined
  const finish = async (tx: Tx, scope: string, data: Data) => {
    result = { data }
    const outcome = definition.record === undefined ? {} : definition.record({ input, data })
    if (outcome !== null) await audit(tx, { scope, actorId: viewer?.userId ?? null, action: definition.name, ...outcome })
  }
  const data = (): Data => {
    if (result === undefined) throw new AppError('internal', 'The action ended without a result.')
    return result.data
  }
  if ('project' in definition) {
    if (viewer === null) throw notSignedIn()
    const { run } = definition
    const { project, role } = await requireProject(viewer, definition.project(input), definition.permission)
    return { data, commit: async (tx: Tx) => finish(tx, project.id, await run({ input, viewer, project, role, tx, requestId })) }
  }
  if (definition.permission === 'anyone') {
    const { run } = definition
    return { data, commit: async (tx: Tx) => finish(tx, SYSTEM_SCOPE, await run({ input, viewer, project: null, tx, requestId })) }
  }
  if (viewer === null) throw notSignedIn()
  const { run, permission } = definition
  if (permission === 'installation.admin' && !viewer.isAdmin) {
    throw new AppError('forbidden', 'Only an administrator of this installation may do this.', { permission })
  }
  return { data, commit: async (tx: Tx) => finish(tx, SYSTEM_SCOPE, await run({ input, viewer, project: null, tx, requestId })) }
}
