/**
 * One after the other. onnxruntime neither opens two sessions at once on WebGPU nor runs two at once, and a graphics card that is asked
 * for two things at a time does neither faster.
 */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** What is given is begun when everything given before has ended, well or badly. */
export function makeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}
