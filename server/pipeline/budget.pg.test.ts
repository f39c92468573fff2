import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import type { ModelCallRequest } from '@/core/pipeline/model-call'
import { PRESETS } from '@/core/pipeline/settings'
import { db } from '../db'
import { toJsonInput } from '../import/track-import'
import { bookLostReservations, reserve, settle, spendInProject } from './budget'
import { type DeskNote, openCallDesk } from './call-desk'
import type { ClaimedTask } from './claim-task'

let projectId = ''
let count = 0
beforeAll(async () => {
  projectId = (await db.project.create({ data: { slug: 'money', name: 'Money' } })).id
})

async function makeTask(capMicroUsd: number | null): Promise<ClaimedTask> {
  count += 1
  const settings = toJsonInput(PRESETS.embedded)
  const run = await db.run.create({ data: { projectId, number: count, preset: 'embedded', settings, capMicroUsd } })
  const videoId = '00000000-0000-4000-8000-000000000000'
  const task = await db.task.create({
    data: { runId: run.id, projectId, videoId, stage: 'caption', position: 1, state: 'running', attempt: 1 },
  })
  return {
    id: task.id,
    attempt: 1,
    tries: 0,
    stage: 'caption',
    pairKey: '',
    place: 0,
    projectId,
    run: { id: run.id, number: run.number, freshFrom: null, settings: PRESETS.embedded, startedAt: run.createdAt },
    video: { id: videoId, sha256: '0'.repeat(64) },
  }
}

const moneyOf = async (task: ClaimedTask) => {
  const { spentMicroUsd, reservedMicroUsd } = await db.run.findUniqueOrThrow({ where: { id: task.run.id } })
  return { spent: Number(spentMicroUsd), reserved: Number(reservedMicroUsd) }
}

describe('the ledger', () => {
  it('lets twenty racing workers spend up to the cap and not a micro dollar more', async () => {
    const task = await makeTask(1000)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, async () => {
        const id = await reserve(task, 90)
        await db.$transaction((tx) => settle(tx, task, id, 90n))
      }),
    )
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(await moneyOf(task)).toEqual({ spent: 990, reserved: 0 })
    expect(refused).toHaveLength(9)
    expect(refused.every((outcome) => outcome.reason instanceof AppError && outcome.reason.code === 'budget_exhausted')).toBe(true)
  })

  it('never passes the cap, whatever calls cost and in whatever order they end', async () => {
    const call = fc.record({ worst: fc.integer({ min: 0, max: 400 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 1000 }), async (calls, cap) => {
        const task = await makeTask(cap)
        await Promise.all(
          calls.map(async ({ worst, share }) => {
            const id = await reserve(task, worst).catch(() => null)
            const { spent, reserved } = await moneyOf(task)
            expect(spent + reserved).toBeLessThanOrEqual(cap)
            if (id !== null) await db.$transaction((tx) => settle(tx, task, id, BigInt(Math.floor(worst * share))))
          }),
        )
        const { spent, reserved } = await moneyOf(task)
        expect(spent).toBeLessThanOrEqual(cap)
        expect(reserved).toBe(0)
      }),
      { numRuns: 15 },
    )
  })

  it('keeps the cap of the project over all its runs', async () => {
    const budget = await db.budget.findUniqueOrThrow({ where: { projectId } })
    await db.budget.update({ where: { projectId }, data: { capMicroUsd: budget.spentMicroUsd + 100n } })
    const [one, two] = [await makeTask(null), await makeTask(null)]
    await reserve(one, 60)
    await expect(reserve(two, 60)).rejects.toMatchObject({ code: 'budget_exhausted' })
    // What was refused by the project must not stay reserved in the run.
    expect(await moneyOf(two)).toEqual({ spent: 0, reserved: 0 })
    await db.budget.update({ where: { projectId }, data: { capMicroUsd: null } })
  })

  it('books the worst case of a call whose worker died, once, and lets a late settlement pass without a trace', async () => {
    const task = await makeTask(1000)
    const id = await reserve(task, 300)
    await bookLostReservations(task.id, 2)
    await bookLostReservations(task.id, 3)
    expect(await moneyOf(task)).toEqual({ spent: 300, reserved: 0 })
    await db.$transaction((tx) => settle(tx, task, id, 120n))
    expect(await moneyOf(task)).toEqual({ spent: 300, reserved: 0 })
  })
})

describe('a call outside of runs', () => {
  const spend = (worst: number, cost: number) => spendInProject(projectId, worst, async () => ({ microUsd: cost }))
  const budgetOf = async () => {
    const { spentMicroUsd, reservedMicroUsd } = await db.budget.findUniqueOrThrow({ where: { projectId } })
    return { spent: spentMicroUsd, reserved: reservedMicroUsd }
  }

  it('counts against the cap of the project, and is refused where it could pass it', async () => {
    const before = await budgetOf()
    await db.budget.update({ where: { projectId }, data: { capMicroUsd: before.spent + before.reserved + 100n } })
    await spend(80, 50)
    await expect(spend(60, 1)).rejects.toMatchObject({ code: 'budget_exhausted' })
    await expect(spendInProject(projectId, 50, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
    expect(await budgetOf()).toEqual({ spent: before.spent + 100n, reserved: before.reserved })
    await db.budget.update({ where: { projectId }, data: { capMicroUsd: null } })
  })
})

const request = (content: unknown, changes: Partial<ModelCallRequest> = {}): ModelCallRequest => ({
  role: 'qa-writer',
  provider: 'openai',
  model: 'gpt-4o',
  content,
  worstCase: { inputTokens: 1000, outputTokens: 100 },
  promptHash: null,
  parameters: {},
  ...changes,
})
const answer = { answer: { text: 'yes' }, usage: { inputTokens: 400, outputTokens: 10 } }
const deskOf = (task: ClaimedTask, notes: DeskNote[] = [], salt: string | null = null) =>
  openCallDesk(task, { prices: {}, salt, signal: new AbortController().signal, note: (note) => notes.push(note) })

describe('the call desk', () => {
  it('makes a call once, books what it cost, and answers the next one from memory', async () => {
    const task = await makeTask(100_000)
    const notes: DeskNote[] = []
    let calls = 0
    const perform = async () => {
      calls += 1
      return answer
    }
    for (let time = 0; time < 3; time += 1) expect(await deskOf(task, notes).call(request('once'), perform)).toEqual({ text: 'yes' })
    expect(calls).toBe(1)
    expect(notes.map((note) => note.isMemo)).toEqual([false, true, true])
    expect(await moneyOf(task)).toEqual({ spent: 1100, reserved: 0 })
  })

  it('asks again when the run wants fresh answers, another model, or other words', async () => {
    const task = await makeTask(null)
    let calls = 0
    const perform = async () => {
      calls += 1
      return answer
    }
    await deskOf(task).call(request('a'), perform)
    await deskOf(task, [], 'salt').call(request('a'), perform)
    await deskOf(task).call(request('a', { model: 'gpt-4o-mini' }), perform)
    await deskOf(task).call(request('a', { parameters: { temperature: 1 } }), perform)
    await deskOf(task).call(request('b'), perform)
    expect(calls).toBe(5)
  })

  it('gives the money back when the call failed, and remembers nothing', async () => {
    const task = await makeTask(100_000)
    const fail = () => Promise.reject(new AppError('model_unavailable', 'busy'))
    await expect(deskOf(task).call(request('fails'), fail)).rejects.toMatchObject({ code: 'model_unavailable' })
    expect(await moneyOf(task)).toEqual({ spent: 0, reserved: 0 })
    expect(await deskOf(task).call(request('fails'), async () => answer)).toEqual({ text: 'yes' })
  })

  it('books the worst case when nobody knows whether the call was counted', async () => {
    const task = await makeTask(100_000)
    const cut = () => Promise.reject(new AppError('model_unavailable', 'cut', { isOutcomeUnknown: true }))
    await expect(deskOf(task).call(request('cut'), cut)).rejects.toBeInstanceOf(AppError)
    expect(await moneyOf(task)).toEqual({ spent: 3500, reserved: 0 })
  })

  it('books what a useless answer has cost, where that is known', async () => {
    const task = await makeTask(100_000)
    const details = { isOutcomeUnknown: true, usage: { inputTokens: 400, outputTokens: 10 } }
    const useless = () => Promise.reject(new AppError('model_bad_answer', 'no JSON', details))
    await expect(deskOf(task).call(request('useless'), useless)).rejects.toBeInstanceOf(AppError)
    expect(await moneyOf(task)).toEqual({ spent: 1100, reserved: 0 })
  })

  it('refuses a model without a price under a cap, and lets it pass without one', async () => {
    const unknown = request('x', { model: 'brand-new' })
    await expect(deskOf(await makeTask(1000)).call(unknown, async () => answer)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await deskOf(await makeTask(null)).call(unknown, async () => answer)).toEqual({ text: 'yes' })
  })

  it('never calls when the cap could be passed', async () => {
    const task = await makeTask(3000)
    await expect(deskOf(task).call(request('dear'), () => expect.unreachable())).rejects.toMatchObject({ code: 'budget_exhausted' })
  })
})
