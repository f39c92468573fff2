// Starts the pipeline on the demo clips, once, when the models that ship with Crema are there (scripts/start-up.mjs). The worker
// does the rest in the background. By hand: DATABASE_URL=… node scripts/run-ts.mjs scripts/demo/draft.mjs

// Lines for people come from here; the log of the code below would stand between them.
process.env.LOG_LEVEL ||= 'error'

const say = (line) => process.stdout.write(`${line}\n`)

try {
  const { startDemoRun } = await import('../../server/demo/demo-run.ts')
  const videos = await startDemoRun()
  if (videos !== null) say(`the pipeline drafts ${videos} clips with the embedded models in the background; its run is on the Runs page`)
} catch (error) {
  say(`the pipeline could not be started on the demo clips: ${error.message}`)
  process.exitCode = 1
}
// The queue's and the database's connections would keep this process alive.
process.exit()
