/** What a failing model server comes to, by way of each of the SDKs. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '@/core/errors'
import type { ProviderRef } from '@/core/pipeline/settings'
import { type ModelServer, startModelServer } from '@/e2e/model-server'
import type { Fault } from '@/e2e/model-server/faults'
import { createLanguageCaptioner } from './language-captioner'
import { createLanguageEmbedder } from './language-embedder'
import { createLanguageQaWriter } from './language-qa-writer'
import { accessFrom, framesFor, groupOf, readerOf, recordingDesk } from './models-for-tests'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
afterEach(() => server.clearFaults())

const ref = (provider: ProviderRef['provider'], model: string): ProviderRef => ({ provider, model, parameters: {} })
const GROUP = groupOf(['A woman walks.', 'A dog runs.', 'A train stops.'])
const MODELS = [
  ref('openai', 'gpt-4o'),
  ref('anthropic', 'claude-sonnet-4-5'),
  ref('google', 'gemini-2.5-pro'),
  ref('server:local', 'qwen'),
]

const write = (model: ProviderRef, source = server.env, desk = recordingDesk()) =>
  createLanguageQaWriter(model, accessFrom(source, desk)).writePairs(GROUP, 2)

async function failure(run: Promise<unknown>): Promise<AppError> {
  const thrown = await run.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof AppError) return thrown
  throw new Error(`an AppError was expected, not ${String(thrown)}`)
}

const EXPECTED: Readonly<Partial<Record<Fault, readonly [string, RegExp]>>> = {
  busy: ['model_unavailable', /slow down \(429\)/],
  'server-error': ['model_unavailable', /error of its own \(500\)/],
  cut: ['model_unavailable', /broke off in the middle/],
  'broken-body': ['model_bad_answer', /could not be read/],
  huge: ['model_bad_answer', /far longer/],
  redirect: ['bad_setting', /redirect/],
  'bad-key': ['model_refused', /does not accept the key/],
  'no-credit': ['model_refused', /no credit/],
  'invalid-json': ['model_bad_answer', /did not answer in JSON/],
  'wrong-shape': ['model_bad_answer', /another shape/],
  empty: ['model_bad_answer', /answered with nothing/],
  refusal: ['model_refused', /declined to answer/],
  'cut-short': ['model_bad_answer', /did not answer in JSON/],
}

/** Faults after which the provider may send a bill. */
const BILLED = new Set<string>(['cut', 'broken-body', 'huge', 'invalid-json', 'wrong-shape', 'empty', 'refusal', 'cut-short'])

describe.each(MODELS)('$provider', (model) => {
  test.each(Object.entries(EXPECTED))('%s', async (fault, [code, message]) => {
    server.fail({ fault: fault as Fault, times: 1 })
    const desk = recordingDesk()
    const error = await failure(write(model, server.env, desk))
    // Google says the same of a busy minute and of an empty account.
    const isQuotaOfGoogle = fault === 'no-credit' && model.provider === 'google'
    expect(error.code).toBe(isQuotaOfGoogle ? 'model_unavailable' : code)
    expect(error.message).toMatch(isQuotaOfGoogle ? /429/ : message)
    expect(error.details.isOutcomeUnknown === true).toBe(BILLED.has(fault))
    expect(error.message).toContain(fault === 'redirect' ? '127.0.0.1' : model.model)
    expect(JSON.stringify(error.toBody()).length).toBeLessThan(1200)
    expect(JSON.stringify(error.toBody()) + String(error.stack)).not.toContain('test-key')
    expect(error.cause).toBeUndefined()
    // Nothing was remembered: the next try asks again and is answered.
    expect(desk.outcomes).toEqual([])
    expect(await write(model, server.env, desk)).toHaveLength(2)
  })

  test('a fence of Markdown around the answer is taken off', async () => {
    server.fail({ fault: 'fenced-json', times: 1 })
    expect(await write(model)).toHaveLength(2)
  })

  test('the SDK does not try again by itself', async () => {
    server.fail({ fault: 'server-error' })
    const before = server.log.length
    await failure(write(model))
    expect(server.log.length - before).toBe(1)
  })

  test('no answer within the time of the role is tried again later', async () => {
    server.fail({ fault: 'silent', times: 1 })
    const error = await failure(write({ ...model, parameters: { timeoutMs: 1000 } }))
    expect(error.code).toBe('model_unavailable')
    expect(error.message).toMatch(/did not answer within 1 seconds/)
  })

  test.each([
    ['7', 7000, 7000],
    [new Date(Date.now() + 60_000).toUTCString(), 40_000, 60_000],
  ])('Retry-After: %s', async (retryAfter, least, most) => {
    server.fail({ fault: 'busy', times: 1, retryAfter })
    const error = await failure(write(model))
    expect(error.details.retryAfterMs).toBeGreaterThanOrEqual(least)
    expect(error.details.retryAfterMs).toBeLessThanOrEqual(most)
  })

  test('a bad answer says what it has cost', async () => {
    server.fail({ fault: 'wrong-shape', times: 1 })
    const error = await failure(write(model))
    expect(error.details.usage).toEqual({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) })
  })

  test('a wrong key is not repeated in words', async () => {
    const names = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY', 'CREMA_MODEL_KEY_LOCAL']
    const source = { ...server.env, ...Object.fromEntries(names.map((name) => [name, 'sk-very-secret-0123456789'])) }
    const error = await failure(write(model, source))
    expect(error.code).toBe('model_refused')
    expect(JSON.stringify(error.toBody())).not.toContain('very-secret')
  })

  test('a server that is not there', async () => {
    const gone = Object.fromEntries(
      Object.entries(server.env).map(([name, value]) => [name, value.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:59871')]),
    )
    const error = await failure(write(model, gone))
    expect(error.code).toBe('model_unavailable')
    expect(error.details.isOutcomeUnknown).toBeUndefined()
  })

  test('a call that the run stops ends at once, as no fault of the model', async () => {
    server.fail({ fault: 'silent', times: 1 })
    const stop = new AbortController()
    const asked = failure(write(model, server.env, recordingDesk(stop.signal)))
    stop.abort(new AppError('unavailable', 'The run was paused.'))
    expect(await asked).toMatchObject({ code: 'unavailable', message: 'The run was paused.' })
  })
})

describe('a batch of captions', () => {
  test('that fails gives none of them', async () => {
    server.fail({ fault: 'wrong-shape', after: 1, times: 1 })
    const captioner = createLanguageCaptioner(ref('openai', 'gpt-4o'), accessFrom(server.env, recordingDesk()))
    expect((await failure(captioner.caption(framesFor(6), [], readerOf(), 2))).code).toBe('model_bad_answer')
  })

  test('that was answered before the fault is not paid for again', async () => {
    const desk = recordingDesk()
    const captioner = createLanguageCaptioner(ref('server:local', 'qwen'), accessFrom(server.env, desk))
    server.fail({ fault: 'cut', after: 2, times: 1 })
    await failure(captioner.caption(framesFor(6), [], readerOf(), 2))
    const before = server.log.length
    expect(await captioner.caption(framesFor(6), [], readerOf(), 2)).toHaveLength(6)
    expect(server.log.length - before).toBe(1)
  })
})

test.each(['busy', 'huge', 'broken-body', 'cut', 'bad-key'] as const)('embeddings: %s', async (fault) => {
  server.fail({ fault, times: 1 })
  const error = await failure(createLanguageEmbedder(ref('openai', 'text-embedding-3-small'), accessFrom(server.env, recordingDesk())))
  expect(error.code).toBe(EXPECTED[fault]?.[0])
})

test('three hundred mixed faults: every call ends in an answer or in one of the known codes', async () => {
  const faults = Object.keys(EXPECTED).filter((fault) => fault !== 'huge') as Fault[]
  server.setChaos({ seed: 7, share: 0.6, faults })
  const codes = new Map<string, number>()
  for (let round = 0; round < 75; round += 1) {
    const ended = await Promise.all(
      MODELS.map((model) =>
        write(model).then(
          () => 'answered',
          (error: unknown) => (error instanceof AppError ? error.code : 'other'),
        ),
      ),
    )
    for (const code of ended) codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  expect([...codes.keys()].sort()).toEqual(['answered', 'bad_setting', 'model_bad_answer', 'model_refused', 'model_unavailable'])
  expect(codes.get('answered')).toBeGreaterThan(60)
})
