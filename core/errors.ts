/**
 * The one error class of Crema and its closed list of codes.
 *
 * Every refusal that can reach a person, a script or another process is an `AppError` with one of these codes. The
 * comment behind each code says when it is thrown and what the caller should do. A code is never reused for a second
 * meaning; a new situation gets a new code here, its HTTP status below and its exit code by `exitCodeOf`.
 */
export const ERROR_CODES = {
  /** The caller is not signed in, or the session has ended. Sign in again; unsent edits stay on the device. */
  unauthenticated: 401,
  /** Signed in, but the role in this project does not allow the act. Ask an administrator of the project. */
  forbidden: 403,
  /** The request came from another site, or without a same-origin mark. Never retried. */
  wrong_origin: 403,
  /** No such thing, or not in a project of the caller (both look the same on purpose). Check the address. */
  not_found: 404,
  /** Input did not parse. `details.issues` names path, value and remedy. Correct the input. */
  invalid_input: 400,
  /** The sample's version moved and the edits overlap. Open the merge dialog with `details`. */
  version_conflict: 409,
  /** The state machine has no such transition from the current state. Reload and look at the state. */
  illegal_transition: 409,
  /** The same mutation id came with different content. A bug in the caller; a new id is needed. */
  mutation_mismatch: 409,
  /** Sample cannot be approved: items are unseen, stale, or a blocking flag is open. `details.left` lists them. */
  not_reviewed: 409,
  /** A thing of this name or content exists already. */
  already_exists: 409,
  /** A link, invitation or upload has expired or was used. Ask for a new one. */
  expired: 410,
  /** More bytes, pixels, rows, depth or time than the limit, which the message names. */
  limit_exceeded: 413,
  /** The file is not of a format on the allow-list (by its content, never by its name). */
  unsupported_media: 415,
  /** The file is of a known format but broken: truncated, lying header, no decodable frame. */
  corrupt_media: 422,
  /** A frame index outside the frame table. `details.count` is the number of frames. */
  frame_out_of_range: 422,
  /** A path leaves the folder it must stay in, by `..`, an absolute part or a symbolic link. */
  path_outside: 422,
  /** A row of an annotation file was refused. `details` holds file, row, field, value and remedy. */
  bad_row: 422,
  /** The whole annotation file was refused (no JSON, wrong top level). */
  bad_file: 422,
  /** A named file, folder or video is not there. */
  missing_file: 422,
  /** The decoding child process died or ran out of time; the file is at fault, the next file gets a fresh child. */
  media_crashed: 422,
  /** A model did not answer: busy, cut off, timed out, a server error. `details.retryAfterMs` where it said when. Tried again. */
  model_unavailable: 503,
  /** A model answered, but not in the shape that was asked for. Tried again a few times, then the stage has failed. */
  model_bad_answer: 502,
  /** A model declined to answer, or the account may not use it. Not tried again; change the prompt, the key or the model. */
  model_refused: 502,
  /** The next call could pass the cap of the run or the project. The run is paused; raise the cap and resume it. */
  budget_exhausted: 402,
  /** No space left, or the storage cannot be written. Free space; the job is retried. */
  storage_full: 507,
  /** An environment variable or setting has a bad value, which the message names. The start stops. */
  bad_setting: 500,
  /** Database, queue or storage does not answer. Retry later; `crema doctor` says which. */
  unavailable: 503,
  /** A defect of ours. The log has the cause under the same request id. */
  internal: 500,
} as const

/** One of the closed list of codes. */
export type ErrorCode = keyof typeof ERROR_CODES

/** JSON-serialisable facts that go with an error: names, numbers, lists. Never secrets, never whole files. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** What crosses a process or network border instead of an `AppError` instance. */
export type ErrorBody = { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }

/**
 * The only error class thrown on purpose.
 *
 * @param code    one of `ERROR_CODES`
 * @param message one plain sentence: what happened and what to do. Shown to people as it is.
 * @param details facts for machines (field, row, limit, …)
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  /** The HTTP status that belongs to the code. */
  get status(): number {
    return ERROR_CODES[this.code]
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, details: this.details }
  }
}

/** Whether `value` is an `ErrorBody` (used where an error arrives from another process). */
export function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    Object.hasOwn(ERROR_CODES, value.code) &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

/** Turns anything thrown into an `AppError`; what is not one becomes `internal` with the cause kept. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  return new AppError('internal', 'Something went wrong on our side. The log has the cause.', {}, { cause: thrown })
}

const BAD_INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_input',
  'limit_exceeded',
  'unsupported_media',
  'corrupt_media',
  'frame_out_of_range',
  'path_outside',
  'bad_row',
  'bad_file',
  'missing_file',
  'media_crashed',
  'bad_setting',
])

/** CLI exit code: 2 for input the caller can correct, 1 for everything else (contract in design §7). */
export function exitCodeOf(code: ErrorCode): 1 | 2 {
  return BAD_INPUT.has(code) ? 2 : 1
}
