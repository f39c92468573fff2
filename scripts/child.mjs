// Preloaded in the web and worker processes (and, through NODE_OPTIONS, in their own children): when the supervisor dies,
// even by `kill -9`, its end of the channel closes and the whole tree ends instead of holding the port for ever.
import './polyfill.mjs'

const GRACE_MS = 3000

if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), GRACE_MS).unref()
  })
}
