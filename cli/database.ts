import { startDatabase } from '../scripts/database.mjs'
import { migrate } from '../scripts/migrate.mjs'

/**
 * Runs `work` with DATABASE_URL set: the given database, or the embedded one, started if nobody else has and stopped
 * afterwards if nobody else uses it.
 */
export async function withDatabase<T>(onProgress: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const database = await startDatabase()
  try {
    process.env.DATABASE_URL = database.url
    const applied = await migrate(database.url)
    if (applied.length > 0) onProgress(`Database brought up to date: ${applied.join(', ')}`)
    return await work()
  } finally {
    // Prisma's pool would keep the process alive and the server from stopping at once.
    await (globalThis as { cremaDb?: { $disconnect(): Promise<void> } }).cremaDb?.$disconnect()
    await database.stop()
  }
}
