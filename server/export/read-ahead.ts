/** Takes values out of a source while the earlier ones are still worked on; one is asked for at a time, at most `ahead` wait. */
export async function* readAhead<T>(source: AsyncGenerator<T, void>, ahead: number): AsyncGenerator<T, void> {
  const coming: Promise<IteratorResult<T, void>>[] = []
  const ask = () => {
    const next = source.next()
    // Awaited when its turn comes; a failure before that must not count as unhandled.
    next.catch(() => undefined)
    coming.push(next)
  }
  try {
    for (let count = 0; count < ahead; count++) ask()
    for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
      const result = await next
      if (result.done) return
      ask()
      yield result.value
    }
  } finally {
    await Promise.allSettled(coming)
    await source.return()
  }
}
