/**
 * A refusal the child process reports to its parent: the code is one of the media codes of `core/errors.ts`.
 * (This folder is plain JavaScript that runs without a loader, so that a fresh child is ready in a blink.)
 */
export class MediaFault extends Error {
  constructor(code, message, details = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
