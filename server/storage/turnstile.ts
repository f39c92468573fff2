/** Lets at most `places` pieces of work run at once; the others wait in the order they came. */
export class Turnstile {
  private readonly waiting: (() => void)[] = []

  constructor(private places: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--
    else await new Promise<void>((enter) => this.waiting.push(enter))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.places++
      else next()
    }
  }
}
