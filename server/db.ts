import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { env } from './env'
import { type Prisma, PrismaClient } from './generated/prisma/client'

/** The client inside of a transaction. */
export type Tx = Prisma.TransactionClient

const MAX_CONNECTIONS = 10

/** Asks for the address at the first query only: the build and the help of a command load this module without a database. */
const adapter: SqlDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => new PrismaPg({ connectionString: env.databaseUrl, max: MAX_CONNECTIONS }).connect(),
}

const holder: typeof globalThis & { cremaDb?: PrismaClient } = globalThis

/** One client per process. Kept on the global object: the development server loads this module anew after each change. */
export const db: PrismaClient = holder.cremaDb ?? new PrismaClient({ adapter })
holder.cremaDb = db
