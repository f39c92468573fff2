/**
 * A second machine for tests, as a process of its own: makes stills of a stored video and tells their rows.
 * `node scripts/run-ts.mjs e2e/other-host.ts SHA256 INDEX…`
 */
import { db } from '@/server/db'
import { ensureStills } from '@/server/media/ensure-stills'
import { stopMedia } from '@/server/media/media-client'

const [videoSha256 = '', ...indices] = process.argv.slice(2)
try {
  const stills = await ensureStills(videoSha256, indices.map(Number))
  process.stdout.write(JSON.stringify(stills.map(({ frameIndex, sha256 }) => ({ frameIndex, sha256 }))))
} finally {
  stopMedia()
  await db.$disconnect()
}
