const MICRO = 1_000_000
const MOST = 1_000_000

/** Dollars as a person types them, in micro dollars: null = nothing typed, undefined = no amount. */
export function parseDollars(text: string): number | null | undefined {
  const plain = text
    .trim()
    .replace(/^\$\s*/, '')
    .replaceAll(',', '')
  if (plain === '') return null
  if (!/^\d{1,7}(\.\d{0,6})?$/.test(plain)) return undefined
  const amount = Number(plain)
  return amount <= MOST ? Math.round(amount * MICRO) : undefined
}

/** The same the other way round, for a field: `40`, `12.5`, nothing for no cap. */
export function dollarsText(microUsd: number | null): string {
  return microUsd === null ? '' : String(microUsd / MICRO)
}
