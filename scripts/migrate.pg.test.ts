import { describe, expect, it } from 'vitest'
import { pendingMigrations } from './migrate.mjs'
import { runPrisma } from './prisma.mjs'

const databaseUrl = process.env.DATABASE_URL ?? ''

describe('migrations', () => {
  it('together make exactly the database that schema.prisma describes', async () => {
    const { code, output } = await runPrisma(
      ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code'],
      {
        databaseUrl,
      },
    )
    expect(output).toContain('No difference detected')
    expect(code).toBe(0)
  })

  it('are all applied to a test database, and known not to be to an empty one', async () => {
    expect(await pendingMigrations(databaseUrl)).toEqual([])
    const empty = new URL(databaseUrl)
    empty.pathname = '/template1'
    expect(await pendingMigrations(empty.href)).not.toEqual([])
  })
})
