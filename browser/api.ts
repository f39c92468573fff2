/** The one door through which the browser reads from our server. Writes go through server actions. */

import type { z } from 'zod'
import { AppError, isErrorBody } from '@/core/errors'

type Options = { signal?: AbortSignal }

/**
 * GET `path` (same origin, relative) and parse the JSON answer.
 *
 * @throws AppError with the server's own code; `unavailable` when the server cannot be reached or answers no JSON.
 */
export function getJson<T>(path: string, schema: z.ZodType<T>, options?: Options): Promise<T>
export function getJson(path: string, schema?: undefined, options?: Options): Promise<unknown>
export async function getJson<T>(path: string, schema?: z.ZodType<T>, options: Options = {}): Promise<unknown> {
  const body = await fetchJson(path, { headers: { accept: 'application/json' }, ...(options.signal ? { signal: options.signal } : {}) })
  return schema === undefined ? body : schema.parse(body)
}

/** A read whose question is too long for an address: POST `question` as JSON, parse the JSON answer. Changes nothing. */
export async function askJson<T>(path: string, question: unknown, schema: z.ZodType<T>, options: Options = {}): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  const signal = options.signal ? { signal: options.signal } : {}
  return schema.parse(await fetchJson(path, { method: 'POST', headers, body: JSON.stringify(question), ...signal }))
}

async function fetchJson(path: string, init: RequestInit): Promise<unknown> {
  const response = await answerOf(path, init)
  const body = await jsonOf(response, path)
  if (response.ok) return body
  throw refusalOf(response, body, path)
}

/** GET the bytes behind `path`. @throws AppError as `getJson` */
export async function getBlob(path: string, options: Options = {}): Promise<Blob> {
  // What is asked for so often never changes under its address; the answer's own headers say so.
  const response = await answerOf(path, { ...options, cache: 'default' })
  if (!response.ok) throw refusalOf(response, await jsonOf(response, path), path)
  try {
    return await response.blob()
  } catch (cause) {
    throw lineBroke(path, cause, options.signal)
  }
}

/**
 * GET a large file of a known size, told of its progress. It is not left in the browser's own cache: who asks keeps it elsewhere.
 *
 * @param bytes as many as there should be; reading ends as soon as there are more, and what came until then is given back
 * @throws AppError as `getJson`
 */
export async function getBytes(
  path: string,
  { bytes, signal, onBytes }: { readonly bytes: number; readonly signal?: AbortSignal; readonly onBytes?: (done: number) => void },
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await answerOf(path, signal === undefined ? {} : { signal })
  if (!response.ok) throw refusalOf(response, await jsonOf(response, path), path)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let done = 0
  try {
    const reader = response.body?.getReader()
    for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
      parts.push(next.value)
      done += next.value.length
      onBytes?.(done)
      if (done > bytes) break
    }
    await reader?.cancel()
  } catch (cause) {
    throw lineBroke(path, cause, signal)
  }
  return joined(parts, done)
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The name of the content behind `path` (its ETag: of stored files the sha256), without the content; null where it has none. */
export async function getTag(path: string, options: Options = {}): Promise<string | null> {
  const response = await answerOf(path, { ...options, method: 'HEAD' })
  if (!response.ok) throw refusalOf(response, null, path)
  return /^"([^"]*)"$/.exec(response.headers.get('etag') ?? '')?.[1] ?? null
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch (cause) {
    throw lineBroke(path, cause, init.signal)
  }
}

/** What a broken request is thrown as; one that was called off stays as it is. */
function lineBroke(path: string, cause: unknown, signal: AbortSignal | null | undefined): unknown {
  if (signal?.aborted || (cause instanceof DOMException && cause.name === 'AbortError')) return cause
  return new AppError('unavailable', 'The server cannot be reached. Check the line and try again.', { path }, { cause })
}

async function jsonOf(response: Response, path: string): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    const { status } = response
    throw new AppError('unavailable', `The server gave no readable answer (${status}). Try again.`, { path, status }, { cause })
  }
}

function refusalOf({ status }: Response, body: unknown, path: string): AppError {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  if (isErrorBody(error)) return new AppError(error.code, error.message, error.details)
  return new AppError('unavailable', `The server answered ${status}. Try again.`, { path, status })
}

function videoPath(projectId: string, videoId: string): string {
  return `/api/projects/${encodeURIComponent(projectId)}/videos/${encodeURIComponent(videoId)}`
}

/** Where the list of models is, and a file of one by its sha256. */
export const modelUrls = { listUrl: '/api/models', fileUrl: (sha256: string) => `/api/models/${sha256}` } as const

/** Addresses of everything that belongs to a video. Stills are named by frame index of the frame table. */
export const mediaUrls = {
  videoFileUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/file`,
  stillUrl: (projectId: string, videoId: string, index: number) => `${videoPath(projectId, videoId)}/stills/${index}`,
  /** Small, for lists; 404 while the frame has no still. */
  thumbUrl: (projectId: string, videoId: string, index: number) => `${videoPath(projectId, videoId)}/thumbs/${index}`,
  /** What a selector may choose from (`candidateFramesSchema`). */
  candidatesUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/candidates`,
  framesUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/frames`,
  posterUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/poster`,
  spriteUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/sprite`,
} as const
