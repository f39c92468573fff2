/**
 * The ledger. Before a call its worst case is reserved under the rows of run and project, after it what it cost is booked.
 * Both rows are changed by one conditional statement each, so that twenty workers at the cap cannot pass it together.
 */
import { AppError } from '@/core/errors'
import { db, type Tx } from '../db'

type Owner = { readonly id: string; readonly attempt: number; readonly projectId: string; readonly run: { readonly id: string } }

/**
 * Sets money aside for one call of a task.
 *
 * @returns id of the reservation
 * @throws AppError budget_exhausted: the call could pass a cap, or the run does not go on
 */
export async function reserve(task: Owner, microUsd: number): Promise<string> {
  const worst = BigInt(microUsd)
  return db.$transaction(async (tx) => {
    const inRun = await tx.$executeRaw`
      UPDATE "Run" SET "reservedMicroUsd" = "reservedMicroUsd" + ${worst}
      WHERE id = ${task.run.id}::uuid AND ("capMicroUsd" IS NULL OR "spentMicroUsd" + "reservedMicroUsd" + ${worst} <= "capMicroUsd")`
    if (inRun === 0) throw exhausted('the run')
    await reserveInProject(tx, task.projectId, worst)
    const data = { projectId: task.projectId, runId: task.run.id, taskId: task.id, attempt: task.attempt, microUsd: worst }
    return (await tx.reservation.create({ data, select: { id: true } })).id
  })
}

async function reserveInProject(tx: Tx, projectId: string, worst: bigint): Promise<void> {
  await tx.$executeRaw`INSERT INTO "Budget" ("projectId") VALUES (${projectId}::uuid) ON CONFLICT DO NOTHING`
  const count = await tx.$executeRaw`
    UPDATE "Budget" SET "reservedMicroUsd" = "reservedMicroUsd" + ${worst}
    WHERE "projectId" = ${projectId}::uuid
      AND ("capMicroUsd" IS NULL OR "spentMicroUsd" + "reservedMicroUsd" + ${worst} <= "capMicroUsd")`
  if (count === 0) throw exhausted('the project')
}

/**
 * A call outside of runs that a person waits for, against the cap of the project: reserved before, booked after at what `work`
 * says it cost, at its worst where it fails. A worker that dies in between leaves it reserved.
 *
 * @throws AppError budget_exhausted, and what `work` throws
 */
export async function spendInProject<T extends { readonly microUsd: number }>(
  projectId: string,
  worstMicroUsd: number,
  work: () => Promise<T>,
): Promise<T> {
  const worst = BigInt(worstMicroUsd)
  await db.$transaction((tx) => reserveInProject(tx, projectId, worst))
  let spent = worst
  try {
    const done = await work()
    spent = BigInt(done.microUsd)
    return done
  } finally {
    await moveInProject(db, projectId, worst, spent)
  }
}

function exhausted(of: string): AppError {
  return new AppError('budget_exhausted', `The next call could pass the budget of ${of}. Raise the cap and resume the run.`)
}

/** Books what a call cost and gives back what was set aside. A reservation that is gone was booked as lost already. */
export async function settle(tx: Tx, task: Owner, reservationId: string, microUsd: bigint): Promise<void> {
  const [held] = await tx.$queryRaw<
    { microUsd: bigint }[]
  >`DELETE FROM "Reservation" WHERE id = ${reservationId}::uuid RETURNING "microUsd"`
  if (held !== undefined) await move(tx, task.run.id, task.projectId, held.microUsd, microUsd)
}

async function move(tx: Tx, runId: string, projectId: string, held: bigint, spent: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Run" SET "reservedMicroUsd" = "reservedMicroUsd" - ${held}, "spentMicroUsd" = "spentMicroUsd" + ${spent} WHERE id = ${runId}::uuid`
  await moveInProject(tx, projectId, held, spent)
}

async function moveInProject(tx: Pick<Tx, '$executeRaw'>, projectId: string, held: bigint, spent: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Budget" SET "reservedMicroUsd" = "reservedMicroUsd" - ${held}, "spentMicroUsd" = "spentMicroUsd" + ${spent}
    WHERE "projectId" = ${projectId}::uuid`
}

/**
 * Calls of attempts before this one never came back: their worker died. Whether the provider counts them nobody knows, so
 * the worst case is booked as spent. The cap then holds in the provider's books too, and not only in ours.
 */
export async function bookLostReservations(taskId: string, attempt: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const lost = await tx.$queryRaw<{ runId: string; projectId: string; microUsd: bigint }[]>`
      DELETE FROM "Reservation" WHERE "taskId" = ${taskId}::uuid AND attempt < ${attempt}
      RETURNING "runId"::text AS "runId", "projectId"::text AS "projectId", "microUsd"`
    for (const { runId, projectId, microUsd } of lost) await move(tx, runId, projectId, microUsd, microUsd)
  })
}
