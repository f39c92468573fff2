import { PrismaPg } from '@prisma/adapter-pg'
import { env } from './env'
import { type Prisma, PrismaClient } from './generated/prisma/client'

/** The client inside of a transaction. */
export type Tx = Prisma.TransactionClient

// The build loads route modules without a database; nothing connects there.
const isBuilding = process.env.NEXT_PHASE === 'phase-production-build'

function connect(): PrismaClient {
  const connectionString = isBuilding ? 'postgresql://127.0.0.1:1/none' : env.databaseUrl
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) })
}

const holder: typeof globalThis & { cremaDb?: PrismaClient } = globalThis

/** One client per process. Kept on the global object: the development server loads this module anew after each change. */
export const db: PrismaClient = holder.cremaDb ?? connect()
holder.cremaDb = db
