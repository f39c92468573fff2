/** Telling a database that is away for a while from a statement that is wrong. */

/**
 * SQLSTATEs of a server that stops, starts, recovers or takes no more connections, and of one that has ended a transaction nobody went
 * on with (`db.ts`); class 08 is a cut connection.
 */
const GONE_STATES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300', '25P03'])
/** What the driver's adapter says instead where there is no SQLSTATE. */
const GONE_KINDS: ReadonlySet<string> = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
/** Prisma: not reachable, timed out, connection closed, no free connection, transaction lost with its connection. */
const GONE_CODES: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])
/** In the words of the client, which found out before it was asked again or after. */
const CUT = /^(?:Connection terminated|Client has encountered a connection error)/

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Whether nothing is wrong with what was asked, only nobody was there to answer. Such work is neither at fault nor has it used up
 * a try: it is asked again when the database is back.
 */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, meta } = Object(error)
  const cause = Object(Object(Object(meta).driverAdapterError).cause)
  const state = textOf(cause.code)
  return (
    GONE_CODES.has(textOf(code)) ||
    GONE_KINDS.has(textOf(cause.kind)) ||
    GONE_STATES.has(state) ||
    state.startsWith('08') ||
    CUT.test(error.message)
  )
}
