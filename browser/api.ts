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
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new AppError('unavailable', 'The server cannot be reached. Check the line and try again.', { path }, { cause })
  }
  let body: unknown
  try {
    body = await response.json()
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `The server gave no readable answer (${response.status}). Try again.`,
      { path, status: response.status },
      { cause },
    )
  }
  if (response.ok) return body
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  if (isErrorBody(error)) throw new AppError(error.code, error.message, error.details)
  throw new AppError('unavailable', `The server answered ${response.status}. Try again.`, { path, status: response.status })
}

function videoPath(projectId: string, videoId: string): string {
  return `/api/projects/${encodeURIComponent(projectId)}/videos/${encodeURIComponent(videoId)}`
}

/** Addresses of everything that belongs to a video. Stills are named by frame index of the frame table. */
export const mediaUrls = {
  videoFileUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/file`,
  stillUrl: (projectId: string, videoId: string, index: number) => `${videoPath(projectId, videoId)}/stills/${index}`,
  /** Small, for lists; 404 while the frame has no still. */
  thumbUrl: (projectId: string, videoId: string, index: number) => `${videoPath(projectId, videoId)}/thumbs/${index}`,
  framesUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/frames`,
  posterUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/poster`,
  spriteUrl: (projectId: string, videoId: string) => `${videoPath(projectId, videoId)}/sprite`,
} as const
