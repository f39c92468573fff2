/** What a command prints, kept instead of shown. Never imported by the product. */
import { afterEach, beforeEach, vi } from 'vitest'

/** Catches both streams before each test of the file and lets go after it. */
export function catchPrinted(): { stdout: string; stderr: string } {
  const printed = { stdout: '', stderr: '' }
  beforeEach(() => {
    for (const name of ['stdout', 'stderr'] as const) {
      printed[name] = ''
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        printed[name] += String(text)
        return true
      })
    }
  })
  afterEach(() => {
    vi.restoreAllMocks()
    process.removeAllListeners('SIGINT')
    process.removeAllListeners('SIGTERM')
  })
  return printed
}
