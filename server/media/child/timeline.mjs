/**
 * Presentation times made strictly increasing. A few containers repeat stamps or lack them (AVI), but a frame is found again
 * by its pts, so no two may share one. Probe and proxy use the same rule, hence the same times.
 */
export class Timeline {
  #previous = null
  #span = 1

  settle(pts) {
    let own = pts ?? (this.#previous === null ? 0 : this.#previous + this.#span)
    if (this.#previous !== null) {
      if (own <= this.#previous) own = this.#previous + 1
      this.#span = own - this.#previous
    }
    this.#previous = own
    return own
  }
}
