import { startDatabase } from '../scripts/database.mjs'
import { migrate } from '../scripts/migrate.mjs'

type Connections = {
  cremaDb?: { $disconnect(): Promise<void> }
  cremaQueue?: Promise<{ stop(options: { graceful: boolean }): Promise<void> }> | undefined
}

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
    // The queue's and Prisma's pools would keep the process alive, and report an error when the server stops under them.
    const open: typeof globalThis & Connections = globalThis
    await (await open.cremaQueue)?.stop({ graceful: false })
    await open.cremaDb?.$disconnect()
    await database.stop()
  }
}
