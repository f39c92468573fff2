/**
 * A bucket on loopback for tests. The S3 server itself is `@20minutes/s3rver`, which checks signatures; before it stands a strict
 * front that does what it leaves out (checksums, conditions, taking an upload back, no strangers) and breaks things on demand.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import S3rver from '@20minutes/s3rver'

export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: number
}

/** `answer`: a refusal in S3's words. `cut-answer`: the line goes dead after so many bytes. `cut-request`: nothing arrives. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'cut-answer'; readonly afterBytes: number }
  | { readonly kind: 'cut-request' }
  | { readonly kind: 'wrong-bytes' }

export type S3Server = {
  readonly url: string
  readonly bucket: string
  /** What a process needs in its environment to use the bucket. */
  readonly environment: Readonly<Record<string, string>>
  readonly seen: SeenRequest[]
  /** Asked before each request; null = nothing breaks. */
  fault: (request: SeenRequest) => Fault | null
  /** Keys of whole objects, sorted. */
  readonly keys: () => string[]
  /** Uploads in parts that were begun and neither finished nor taken back. */
  readonly openUploads: () => string[]
  readonly dropBucket: () => void
  readonly stop: () => Promise<void>
}

/** The one account that s3rver knows. */
const KEY = 'S3RVER'
const OBJECT_ENDING = '._S3rver_object'
const NOTHING_BREAKS = () => null

export async function startS3Server(bucket = 'crema-test'): Promise<S3Server> {
  const directory = mkdtempSync(path.join(tmpdir(), 'crema-s3-'))
  const inner = new S3rver({
    ...{ address: '127.0.0.1', port: 0, directory, silent: true, vhostBuckets: false },
    configureBuckets: [{ name: bucket }],
  })
  const { port: innerPort } = await inner.run()
  const home = path.join(directory, bucket)
  const uploads = path.join(home, '._S3rver_uploads')

  const front = http.createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const url = new URL(request.url ?? '/', 'http://s3')
    const one = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, bytes: body.length }
    server.seen.push(one)
    const fault = server.fault(one)
    if (fault?.kind === 'cut-request') return void request.socket.destroy()
    if (fault?.kind === 'answer') return refuse(response, fault.status, fault.code, fault.headers)
    const problem = problemOf(one, body)
    if (problem !== null) return refuse(response, problem.status, problem.code)
    const uploadId = one.query.get('uploadId')
    if (one.method === 'DELETE' && uploadId !== null) {
      rmSync(path.join(uploads, path.basename(uploadId)), { recursive: true, force: true })
      return void response.writeHead(204).end()
    }
    await forward(request, body, response, fault)
  }

  function problemOf({ method, path: key, query, headers }: SeenRequest, body: Buffer): { status: number; code: string } | null {
    if (headers.authorization === undefined && !query.has('X-Amz-Signature')) return { status: 403, code: 'AccessDenied' }
    const sha256 = createHash('sha256').update(body)
    const wanted = headers['x-amz-checksum-sha256']
    if (wanted !== undefined && wanted !== sha256.copy().digest('base64')) return { status: 400, code: 'BadDigest' }
    const signed = headers['x-amz-content-sha256']
    if (/^[0-9a-f]{64}$/.test(String(signed)) && signed !== sha256.digest('hex')) return { status: 400, code: 'XAmzContentSHA256Mismatch' }
    const isThere = existsSync(path.join(directory, `${decodeURIComponent(key)}${OBJECT_ENDING}`))
    const isWrite = method === 'PUT' || (method === 'POST' && query.has('uploadId'))
    return isWrite && headers['if-none-match'] === '*' && isThere ? { status: 412, code: 'PreconditionFailed' } : null
  }

  function forward(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse, fault: Fault | null): Promise<void> {
    const { method, headers, url } = request
    return new Promise((resolve, reject) => {
      const onward = http.request({ host: '127.0.0.1', port: innerPort, method, path: url, headers }, (reply) => {
        void collect(reply).then((bytes) => {
          response.writeHead(reply.statusCode ?? 500, reply.headers)
          if (fault?.kind === 'cut-answer') {
            response.write(bytes.subarray(0, fault.afterBytes), () => response.destroy())
            return resolve()
          }
          if (fault?.kind === 'wrong-bytes') bytes.reverse()
          response.end(bytes)
          resolve()
        }, reject)
      })
      onward.on('error', reject).end(body)
    })
  }

  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(front)}`
  const server: S3Server = {
    url,
    bucket,
    environment: { S3_ENDPOINT: url, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: KEY, S3_SECRET_ACCESS_KEY: KEY },
    seen: [],
    fault: NOTHING_BREAKS,
    keys: () => {
      const names = existsSync(home) ? readdirSync(home, { recursive: true, encoding: 'utf8' }) : []
      return names
        .filter((name) => name.endsWith(OBJECT_ENDING))
        .map((name) => name.slice(0, -OBJECT_ENDING.length))
        .sort()
    },
    openUploads: () => (existsSync(uploads) ? readdirSync(uploads) : []),
    dropBucket: () => rmSync(home, { recursive: true, force: true }),
    stop: async () => {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await inner.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  return server
}

function portOf(server: http.Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

async function collect(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function refuse(response: http.ServerResponse, status: number, code: string, headers: Readonly<Record<string, string>> = {}): void {
  const text = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text), ...headers }).end(text)
}
