import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { env } from './env'
import { type Prisma, PrismaClient } from './generated/prisma/client'

/** The client inside of a transaction. */
export type Tx = Prisma.TransactionClient

const MAX_CONNECTIONS = 10
/**
 * Who is frozen or cut off in the middle of a transaction holds its locks until the server ends it: nobody may wait longer than a
 * worker's job takes to be handed over. Nothing of ours thinks so long between two statements, but for an export (`read-samples.ts`).
 */
export const IDLE_LIMIT_MS = 15_000

/** Asks for the address at the first query only: the build and the help of a command load this module without a database. */
const adapter: SqlDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () =>
    new PrismaPg({
      connectionString: env.databaseUrl,
      max: MAX_CONNECTIONS,
      idle_in_transaction_session_timeout: IDLE_LIMIT_MS,
    }).connect(),
}

const holder: typeof globalThis & { cremaDb?: PrismaClient } = globalThis

/** One client per process. Kept on the global object: the development server loads this module anew after each change. */
export const db: PrismaClient = holder.cremaDb ?? new PrismaClient({ adapter })
holder.cremaDb = db
