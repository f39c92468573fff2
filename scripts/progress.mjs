// Lines of progress with the seconds since the start, on stdout.
const begin = performance.now()

export const elapsedSeconds = () => ((performance.now() - begin) / 1000).toFixed(1)

export function say(line) {
  process.stdout.write(`[${elapsedSeconds().padStart(6)} s] ${line}\n`)
}

/** Says what is being done, again every 15 s while it lasts, and returns what the work returns. */
export async function during(line, work) {
  say(`${line} …`)
  const begun = performance.now()
  const timer = setInterval(() => say(`${line}: ${Math.round((performance.now() - begun) / 1000)} s so far`), 15_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** A failure that is explained by its message alone; the start ends with the given code. */
export class StartError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
