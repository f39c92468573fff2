import pino from 'pino'
import { env } from './env'

/** Structured log of this process: one JSON line per event on stderr, because stdout belongs to results. */
export const log = pino(
  {
    level: env.logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['token', 'password', 'cookie', 'authorization', '*.token', '*.password', '*.cookie', '*.authorization'],
      censor: '[hidden]',
    },
  },
  pino.destination({ dest: 2, sync: true }),
)
