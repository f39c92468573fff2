// For benchmarks: runs a program and tells its time, its output and the highest memory that it held resident.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const SAMPLE_MS = 100

/** Highest resident size so far in KiB, as the kernel keeps it; 0 where there is no /proc. */
function peakRssKib(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/**
 * @param {readonly string[]} args arguments of Node.js
 * @param {NodeJS.ProcessEnv} environment
 */
export const measureNode = (args, environment) => measureProgram(process.execPath, args, environment)

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ code: number | null, output: string, seconds: number, peakRssMib: number }>}
 */
export async function measureProgram(program, args, environment) {
  const startedAt = performance.now()
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const parts = []
  child.stdout.on('data', (chunk) => parts.push(chunk))
  let peak = 0
  const sampler = setInterval(() => {
    peak = Math.max(peak, peakRssKib(child.pid ?? 0))
  }, SAMPLE_MS)
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    const seconds = (performance.now() - startedAt) / 1000
    return { code, output: Buffer.concat(parts).toString('utf8'), seconds, peakRssMib: peak / 1024 }
  } finally {
    clearInterval(sampler)
  }
}
