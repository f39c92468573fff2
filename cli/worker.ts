import { defineCommand } from './arguments'
import { workUntil } from './work'

export const command = defineCommand({
  summary: 'work on queued jobs until stopped (one more worker, here or on another machine)',
  options: {},
  needsDatabase: true,
  async run(_args, io) {
    await workUntil(io.signal, io)
    io.result({ stopped: true }, 'Stopped.')
  },
})
