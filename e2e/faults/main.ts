/**
 * The long form of the fault tests: `npm run faults [-- SEED [PART…]]`, the parts being kill, freeze, spoil and outage; all of them
 * unless some are named. Prints what was done and found, and ends with 1 when something was lost, doubled or written by a worker that
 * had been given up. The short form runs with `npm test`.
 */
import { openInstallation } from '@/bench/installation'
import { randomFrom } from '@/core/pipeline/random'
import type { Ground } from './ground'

type Place = { readonly ground: Ground; readonly dataDir: string; readonly seed: number }
/** Each says whether all went well, after it has printed what it saw. */
type Part = (place: Place) => Promise<boolean>

const tell = (report: object) => console.log(JSON.stringify(report, null, 2))

const PARTS: Readonly<Record<string, Part>> = {
  async kill({ ground, seed }) {
    const { minuteClips } = await import('./ground')
    const { killWorkers } = await import('./kill')
    const kill = await killWorkers(ground, minuteClips(12), 100, randomFrom(seed))
    tell({ kill })
    return kill.isSame && kill.storm.done === 1 && JSON.stringify(kill.calm) === JSON.stringify(kill.storm) && kill.reservationsLeft === 0
  },

  async freeze({ ground, seed }) {
    const { minuteClips } = await import('./ground')
    const { freezeWorkers } = await import('./zombies')
    const frozen = await freezeWorkers(ground, 20, minuteClips(1), randomFrom(seed))
    tell({ frozen })
    return !frozen.changedAfterwards && frozen.states.every((state) => state === 'done')
  },

  async spoil({ ground, seed }) {
    const { minuteClips } = await import('./ground')
    const { spoilAnswers } = await import('./model-faults')
    let [faults, isWell] = [0, true]
    for (let round = 0; faults < 1000; round += 1) {
      const spoiled = await spoilAnswers(ground, minuteClips(12), 0.45, seed + round)
      tell({ spoiled })
      faults += spoiled.faults
      isWell &&= spoiled.state === 'done' && spoiled.failedWithoutReason === 0 && spoiled.halfWritten === 0
    }
    console.log(`${faults} faults`)
    return isWell
  },

  async outage({ ground, dataDir, seed }) {
    const { runCalmly } = await import('./ground')
    const { fillDisk } = await import('./full-disk')
    const { restartDatabase } = await import('./restart')
    const calmId = await runCalmly(ground, 4)
    const full = await fillDisk(ground, calmId, 4)
    tell({ full })
    const restarted = await restartDatabase(ground, dataDir, { calmId, videos: 4, times: 10, random: randomFrom(seed) })
    tell({ restarted })
    return full.isSame && full.halfWritten.length === 0 && restarted.isSame && restarted.failedTasks === 0
  },
}

async function main(seed: number, names: readonly string[]): Promise<boolean> {
  const parts = names.map((name) => {
    const part = PARTS[name]
    if (part === undefined) throw new Error(`There is no part "${name}": ${Object.keys(PARTS).join(', ')}`)
    return part
  })
  const installation = await openInstallation()
  Object.assign(process.env, installation.environment, { LOG_LEVEL: 'error', NODE_ENV: 'test' })
  const { openGround } = await import('./ground')
  const ground = await openGround()
  console.log(`seed ${seed}`)
  try {
    let isWell = true
    for (const part of parts) isWell = (await part({ ground, dataDir: installation.environment.CREMA_DATA, seed })) && isWell
    return isWell
  } finally {
    await ground.server.close()
    await installation.stop()
  }
}

const [seedText, ...names] = process.argv.slice(2)
const seed = Number(seedText ?? Date.now() % 1_000_000)
main(seed, names.length > 0 ? names : Object.keys(PARTS)).then(
  (isWell) => {
    console.log(isWell ? 'nothing lost, nothing doubled' : `FAILED with seed ${seed}`)
    process.exit(isWell ? 0 : 1)
  },
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
