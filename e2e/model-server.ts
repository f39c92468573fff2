/**
 * A scripted model server on loopback, for tests: it speaks the wire formats of OpenAI (Responses, Chat Completions, Embeddings;
 * the latter two are what OpenAI-compatible servers speak), Anthropic (Messages) and Google (generateContent, embedContent),
 * refuses requests that these APIs would refuse, answers sensibly, and fails on demand. No paid API is called anywhere.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { answerTo } from './model-server/answers'
import { type Chaos, createFaultPlan, type Fault, type FaultRule, type Struck } from './model-server/faults'
import { vectorOf } from './model-server/vectors'
import { BadRequest, type GenerateCall, type ModelCall, type Wire } from './model-server/wire'
import { ANTHROPIC } from './model-server/wire-anthropic'
import { GOOGLE } from './model-server/wire-google'
import { OPENAI } from './model-server/wire-openai'

const HUGE_BYTES = 50 * 1024 * 1024

export type LoggedRequest = {
  readonly path: string
  readonly wire: Wire['name']
  readonly status: number
  readonly fault: Fault | null
  /** null where the request was refused before it was understood. */
  readonly call: ModelCall | null
  /** Why a request was refused. */
  readonly refused: string | null
}

export type ModelServer = {
  readonly url: string
  /** Environment of a worker that is to use this server for everything. */
  readonly env: Readonly<Record<string, string>>
  readonly log: readonly LoggedRequest[]
  fail(...rules: FaultRule[]): void
  setChaos(chaos: Chaos | null): void
  clearFaults(): void
  close(): Promise<void>
}

/** `latencyMs` = time of every answer. `port` 0 = any free one. `key` = the key that all three APIs ask for. */
export async function startModelServer(options: { latencyMs?: number; port?: number; key?: string } = {}): Promise<ModelServer> {
  const { latencyMs = 0, port = 0, key = 'test-key' } = options
  const plan = createFaultPlan()
  const log: LoggedRequest[] = []

  const server = createServer((request, response) => {
    answerRequest(request, response).catch((thrown: unknown) => {
      if (!response.headersSent) send(response, 500, { error: { message: String(thrown) } })
      else response.destroy()
    })
  })

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const wire = wireOf(path)
    const body = await readBody(request)
    if (!wire || request.method !== 'POST') return send(response, 404, { error: { message: 'Not found' } })
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const struck = plan.next(path)
    const note = (status: number, call: ModelCall | null, refused: string | null = null) =>
      log.push({ path, wire: wire.name, status, fault: struck?.fault ?? null, call, refused })
    if (latencyMs > 0) await wait(latencyMs)
    if (wire.keyOf(headers) !== key || struck?.fault === 'bad-key') {
      note(401, null, 'key')
      return send(response, 401, wire.error(401, `Incorrect API key provided: ${wire.keyOf(headers)}`, 'invalid_api_key'))
    }
    let call: ModelCall
    try {
      call = wire.read(path, headers, JSON.parse(body))
    } catch (thrown) {
      if (!(thrown instanceof BadRequest)) throw thrown
      note(400, null, thrown.message)
      return send(response, 400, wire.error(400, thrown.message))
    }
    if (struck && failTransport(response, wire, struck)) {
      note(response.statusCode, call)
      return
    }
    note(200, call)
    send(response, 200, call.kind === 'embed' ? vectorsFor(wire, path, call) : answerFor(wire, path, call, struck?.fault ?? null))
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    env: {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: `${url}/v1`,
      ANTHROPIC_API_KEY: key,
      ANTHROPIC_BASE_URL: `${url}/v1`,
      GOOGLE_GENERATIVE_AI_API_KEY: key,
      GOOGLE_GENERATIVE_AI_BASE_URL: `${url}/v1beta`,
      CREMA_MODEL_SERVERS: `local=${url}/v1,internvl=${url}/v1`,
      CREMA_MODEL_KEY_LOCAL: key,
      CREMA_MODEL_KEY_INTERNVL: key,
    },
    log,
    fail: plan.add,
    setChaos: plan.setChaos,
    clearFaults: plan.clear,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function wireOf(path: string): Wire | null {
  if (/^\/v1\/(responses|chat\/completions|embeddings)$/.test(path)) return OPENAI
  if (path === '/v1/messages') return ANTHROPIC
  return /^\/v1beta\/models\/[^/]+:(generateContent|embedContent|batchEmbedContents)$/.test(path) ? GOOGLE : null
}

/** Whether the fault has answered the request; false for faults of the model itself. */
function failTransport(response: ServerResponse, wire: Wire, { fault, retryAfter }: Struck): boolean {
  const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': retryAfter }
  const answers: Partial<Record<Fault, () => void>> = {
    busy: () => send(response, 429, wire.error(429, 'Rate limit reached'), headers),
    'no-credit': () => {
      const status = wire.name === 'anthropic' ? 400 : 429
      send(response, status, wire.error(status, 'Your credit balance is too low, you exceeded your current quota', 'insufficient_quota'))
    },
    'server-error': () => send(response, 500, wire.error(500, 'The server had an error'), headers),
    redirect: () => send(response, 302, {}, { location: 'http://169.254.169.254/latest/meta-data' }),
    'broken-body': () => sendText(response, '{"id": "x", "choices": [{'),
    huge: () => sendHuge(response),
    // The connection stays open; the caller's patience or the end of the server closes it.
    silent: () => {},
    cut: () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' })
      response.write('{"id": "half of an ans', () => response.destroy())
    },
  }
  const answer = answers[fault]
  answer?.()
  return answer !== undefined
}

function answerFor(wire: Wire, path: string, call: GenerateCall, fault: Fault | null): unknown {
  const text = textFor(call, fault)
  const usage = { inputTokens: countTokens(call.system + call.user) + 100 * call.pictures.length, outputTokens: countTokens(text) }
  return fault === 'refusal' ? wire.refuse(path, call, usage) : wire.answer(path, call, text, usage)
}

function textFor(call: GenerateCall, fault: Fault | null): string {
  const text = JSON.stringify(answerTo(call))
  if (fault === 'empty') return ''
  if (fault === 'invalid-json') return 'I am sorry, I would rather talk about the weather.'
  if (fault === 'wrong-shape') return JSON.stringify({ result: [1, 2, 3] })
  if (fault === 'cut-short') return text.slice(0, Math.floor(text.length / 2))
  return fault === 'fenced-json' ? `Here you are:\n\`\`\`json\n${text}\n\`\`\`\nAnything else?` : text
}

function vectorsFor(wire: Wire, path: string, call: Extract<ModelCall, { kind: 'embed' }>): unknown {
  return wire.vectors(path, call, call.texts.map(vectorOf), { inputTokens: countTokens(call.texts.join(' ')), outputTokens: 0 })
}

function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}

/** Fifty megabytes of a JSON string, as fast as they are taken. */
function sendHuge(response: ServerResponse): void {
  const part = 'x'.repeat(64 * 1024)
  let left = HUGE_BYTES
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"id":"')
  const pump = () => {
    while (left > 0) {
      left -= part.length
      if (!response.write(part)) return void response.once('drain', pump)
    }
    response.end('"}')
  }
  pump()
}
