import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Supervisor } from './supervisor.mjs'

let folder = ''
let supervisor: Supervisor

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crema-supervisor-'))
  supervisor = new Supervisor()
  // The supervisor tells people what it does; the test's output stays clean.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})

afterEach(async () => {
  await supervisor.stop()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

function program(source: string): string {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.mjs`)
  writeFileSync(file, source)
  return file
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const STAYS = `process.stdout.write(process.pid + '\\n'); setInterval(() => {}, 1000)`

/** Runs a program that prints its process id; resolves with the ids it printed, one for each start. */
function watch(source: string): { lines: string[]; nth(count: number): Promise<string[]> } {
  const lines: string[] = []
  supervisor.run({ name: 'child', args: [program(source)], show: (line: string) => lines.push(line) })
  return {
    lines,
    nth: (count) => vi.waitFor(() => (lines.length >= count ? lines : Promise.reject(new Error('not yet'))), { timeout: 20_000 }),
  }
}

describe('Supervisor', () => {
  it('starts a crashed process again', async () => {
    const child = watch(STAYS)
    const [first] = await child.nth(1)
    process.kill(Number(first), 'SIGKILL')
    const [, second] = await child.nth(2)
    expect(second).not.toBe(first)
  })

  it('does not start again what was meant to run once', async () => {
    const marker = path.join(folder, 'runs')
    const code = await new Promise((resolve) => {
      const args = [
        program(`import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(marker)}, 'x'); process.exitCode = 3`),
      ]
      supervisor.run({ name: 'once', args, isOnce: true, show: () => {}, onExit: resolve })
    })
    expect(code).toBe(3)
    await supervisor.stop()
    expect(readFileSync(marker, 'utf8')).toBe('x')
  })

  it('ends a process that does not want to end', async () => {
    const child = watch(`process.on('SIGTERM', () => {}); ${STAYS}`)
    const [pid] = await child.nth(1)
    await supervisor.stop()
    expect(isAlive(Number(pid))).toBe(false)
  })

  it('starts nothing any more once it stops', async () => {
    await supervisor.stop()
    const child = watch(STAYS)
    expect(child.lines).toEqual([])
  })

  it.runIf(process.platform === 'linux')('takes its processes with it when it is killed itself', async () => {
    const source = `
      import { Supervisor } from ${JSON.stringify(path.resolve('scripts/supervisor.mjs'))}
      new Supervisor().run({ name: 'grandchild', args: [${JSON.stringify(program(STAYS))}], show: (line) => process.stdout.write(line + '\\n') })
      setInterval(() => {}, 1000)`
    const child = watch(source)
    const [grandchild] = await child.nth(1)
    const parent = readFileSync(`/proc/${grandchild}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
    process.kill(Number(parent), 'SIGKILL')
    await vi.waitFor(
      () => expect(isAlive(Number(grandchild)) && !readFileSync(`/proc/${grandchild}/stat`, 'utf8').includes(') Z ')).toBe(false),
      {
        timeout: 20_000,
      },
    )
  })
})
