import path from 'node:path'
import { defineConfig } from 'vitest/config'

const alias = { '@': path.resolve(import.meta.dirname) }
const exclude = ['node_modules/**', '.next*/**', '.data/**', 'e2e/**']

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          env: { LOG_LEVEL: 'silent' },
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, '**/*.pg.test.ts', '**/*.web.test.ts'],
          testTimeout: 30_000,
          setupFiles: ['scripts/polyfill.mjs', 'scripts/test-seed.mjs'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'pg',
          include: ['**/*.pg.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each file has a database of its own (a copy of one migrated template), so files may run side by side.
          globalSetup: ['scripts/test-database.mjs'],
          setupFiles: ['scripts/polyfill.mjs', 'scripts/test-seed.mjs', 'scripts/test-database-per-file.mjs'],
        },
      },
    ],
  },
})
