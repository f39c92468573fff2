// The settings as server/env.ts parses them, so that a bad value stops the start by the same rule and the same words.

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './paths.mjs'
import { StartError } from './progress.mjs'

export async function readStartSettings() {
  process.env.TSX_TSCONFIG_PATH ??= path.join(ROOT, 'tsconfig.json')
  const { tsImport } = await import('tsx/esm/api')
  try {
    const { env } = await tsImport(pathToFileURL(path.join(ROOT, 'server', 'env.ts')).href, import.meta.url)
    const loopback = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }
    const host = loopback[env.host] ?? (env.host.includes(':') ? `[${env.host}]` : env.host)
    return { host: env.host, port: env.port, baseUrl: env.baseUrl, localUrl: `http://${host}:${env.port}` }
  } catch (error) {
    if (error.code === 'bad_setting') throw new StartError(error.message, 2)
    throw error
  }
}
