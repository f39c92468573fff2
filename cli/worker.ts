import { defineCommand } from './arguments'

export const command = defineCommand({
  summary: 'work on queued jobs until stopped (one more worker, here or on another machine)',
  options: {},
  needsDatabase: true,
  async run(_args, io) {
    const { runWorker } = await import('@/worker/main')
    await runWorker(io.signal)
    io.result({ stopped: true }, 'Stopped.')
  },
})
