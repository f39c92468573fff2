#!/usr/bin/env node
// Prints a free port of 127.0.0.1.
import net from 'node:net'

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${await freePort()}\n`)
