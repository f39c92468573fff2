/**
 * A whole run of the preset *VideoEspresso*, as it is: captions by InternVL behind an OpenAI-compatible server, questions and
 * evidence by GPT-4o, judged by Claude and Gemini, embeddings, boxes and their check by registered ONNX folders under the names
 * of BGE-M3, GroundingDINO and CLIP. The APIs are the scripted server, which checks every request against the published shapes;
 * no paid API is called. The folders hold tiny stand-ins of the same classes, inputs and outputs: what they say means nothing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PRESETS } from '@/core/pipeline/settings'
import { type ModelServer, startModelServer } from '@/e2e/model-server'

const NEVER = new AbortController().signal
const SETTINGS = PRESETS.videoespresso
/** The preset's local models, and the class of each. */
const STAND_INS = { embedder: 'embedder', detector: 'grounding', verifier: 'clip' } as const

let server: ModelServer
let projectId = ''
let runId = ''
/** Loaded after the environment names the server. */
const load = async () => ({
  ...(await import('./pipeline-for-tests')),
  ...(await import('./run-stage')),
  ...(await import('@/e2e/faults/ground')),
  ...(await import('./models/registered-for-tests')),
  ...(await import('./models/register-model')),
  ...(await import('@/server/models/registered-manifest')),
  ...(await import('@/server/db')),
  ...(await import('@/server/media/media-client')),
})
let parts: Awaited<ReturnType<typeof load>>

async function drainReal(id: string): Promise<void> {
  for (let tasks = await parts.waitingTasks(id); tasks[0] !== undefined; tasks = await parts.waitingTasks(id)) {
    await parts.runStage(tasks[0].id, NEVER)
    const run = await parts.db.run.findUniqueOrThrow({ where: { id } })
    if (run.state !== 'running') return
  }
}

beforeAll(async () => {
  server = await startModelServer()
  Object.assign(process.env, server.env)
  parts = await load()
  for (const role of ['embedder', 'detector', 'verifier'] as const) {
    const folder = await parts.putModel(parts.registeredFolder(), SETTINGS.roles[role].model, STAND_INS[role])
    await parts.registerModel(folder, parts.registeredFolder())
  }
  ;({ projectId } = await parts.projectWithVideos('full', parts.minuteClips(1)))
  runId = await parts.startTestRun(projectId, { settings: SETTINGS, capMicroUsd: 50_000_000 })
  await drainReal(runId)
})
afterAll(async () => {
  parts.stopMedia()
  await server.close()
})

describe('a run with the choices of the paper', () => {
  it('ends with drafts that a reviewer can open, each record saying where it came from', async () => {
    const run = await parts.db.run.findUniqueOrThrow({ where: { id: runId } })
    expect(run.state).toBe('done')
    const failed = await parts.db.task.findMany({ where: { runId, state: 'failed' } })
    expect(failed.map(({ stage, errorMessage }) => ({ stage, errorMessage }))).toEqual([])
    const samples = await parts.db.sample.findMany({ where: { projectId }, include: { body: true } })
    expect(samples.length).toBeGreaterThan(0)
    for (const { body, state } of samples) {
      expect(state).toBe('queued')
      const origins = Object.values(Object(body?.provenance)) as {
        model: string
        promptHash: string | null
        parameters: { stage: string }
      }[]
      expect(origins.every((origin) => origin.parameters.stage !== undefined)).toBe(true)
      expect(origins.some((origin) => origin.model.includes('gpt-4o') && /^[0-9a-f]{64}$/.test(origin.promptHash ?? ''))).toBe(true)
    }
  })

  it('had boxes from the detector, their check from the dual encoder, and the core frames from the embedder', async () => {
    const results = await parts.db.stageResult.findMany({ where: { projectId, stage: { in: ['ground', 'verify', 'retrieve'] } } })
    const models = new Set(
      results.flatMap(({ output, provenance }) => JSON.stringify([output, provenance]).match(/"model":"[^"]+"/g) ?? []),
    )
    for (const role of ['embedder', 'detector', 'verifier'] as const)
      expect([...models]).toContain(`"model":"${SETTINGS.roles[role].model}"`)
  })

  it('asked all three APIs in their own shapes, with pictures, and none of them refused a request', () => {
    expect(server.log.filter((request) => request.refused !== null)).toEqual([])
    expect(new Set(server.log.map((request) => request.wire)).size).toBe(3)
    const pictures = server.log.flatMap((request) => (request.call?.kind === 'generate' ? request.call.pictures : []))
    expect(pictures.length).toBeGreaterThan(0)
  })

  it('booked every call, stayed below its cap, and has nothing reserved at the end', async () => {
    const run = await parts.db.run.findUniqueOrThrow({ where: { id: runId } })
    const calls = await parts.db.modelCall.aggregate({ where: { projectId }, _sum: { costMicroUsd: true }, _count: true })
    expect(run.spentMicroUsd).toBe(calls._sum.costMicroUsd)
    expect(run.spentMicroUsd).toBeGreaterThan(0n)
    expect(run.reservedMicroUsd).toBe(0n)
    expect(calls._count).toBe(server.log.length)
  })

  it('asks nobody again when it is run again', async () => {
    const before = server.log.length
    const again = await parts.startTestRun(projectId, { settings: SETTINGS, capMicroUsd: 0 })
    await drainReal(again)
    expect(server.log).toHaveLength(before)
    expect((await parts.db.run.findUniqueOrThrow({ where: { id: again } })).state).toBe('done')
  })

  it('pauses at the cap instead of passing it, and goes on when it is raised', async () => {
    const { resumeRun } = await import('@/server/pipeline/control-run')
    const capped = await parts.startTestRun(projectId, { settings: SETTINGS, capMicroUsd: 100, freshFrom: 'write-qa' })
    await drainReal(capped)
    const paused = await parts.db.run.findUniqueOrThrow({ where: { id: capped } })
    expect(paused).toMatchObject({ state: 'paused', stateReason: expect.stringContaining('budget') })
    expect(paused.spentMicroUsd).toBeLessThanOrEqual(100n)
    await parts.db.$transaction((tx) => resumeRun(tx, { projectId, runId: capped }, null))
    await drainReal(capped)
    expect((await parts.db.run.findUniqueOrThrow({ where: { id: capped } })).state).toBe('done')
  })
})
