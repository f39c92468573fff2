/** Serves a folder on this machine to a page that may have threads (COOP, COEP), with routes of the test's own. */
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}
const HEADERS = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cache-control': 'no-store' }

/** A file of the disk or bytes; null = not one of them. */
export type Routes = (pathname: string) => string | Buffer | null

/** @returns the address of the server, and what ends it */
export async function serveIsolated(folder: string, routes: Routes): Promise<{ readonly url: string; stop(): void }> {
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const own = routes(pathname)
    const file = typeof own === 'string' ? own : path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))
    const content = own instanceof Buffer ? own : await readFile(file).catch(() => null)
    const type = own instanceof Buffer ? 'application/json' : (TYPES[path.extname(file)] ?? 'application/octet-stream')
    response.writeHead(content === null ? 404 : 200, { ...HEADERS, 'content-type': type }).end(content ?? 'not found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
