/**
 * The long form of the fault tests: `npm run faults [-- SEED]`. Prints what was done and found, and ends with 1 when something
 * was lost, doubled or written by a worker that had been given up. The short form runs with `npm test`.
 */
import { openInstallation } from '@/bench/installation'
import { randomFrom } from '@/core/pipeline/random'

async function main(seed: number): Promise<boolean> {
  const installation = await openInstallation()
  Object.assign(process.env, installation.environment, { LOG_LEVEL: 'error', NODE_ENV: 'test' })
  const { minuteClips, openGround, runCalmly } = await import('./ground')
  const { killWorkers } = await import('./kill')
  const { freezeWorkers } = await import('./zombies')
  const { spoilAnswers } = await import('./model-faults')
  const { fillDisk } = await import('./full-disk')
  const { restartDatabase } = await import('./restart')
  const ground = await openGround()
  console.log(`seed ${seed}`)
  try {
    const kill = await killWorkers(ground, minuteClips(12), 100, randomFrom(seed))
    console.log(JSON.stringify({ kill }, null, 2))
    const frozen = await freezeWorkers(ground, 20, minuteClips(1), randomFrom(seed))
    console.log(JSON.stringify({ frozen }, null, 2))
    const spoiled = await spoilAnswers(ground, minuteClips(12), 0.45, seed)
    console.log(JSON.stringify({ spoiled }, null, 2))
    const calmId = await runCalmly(ground, 4)
    const full = await fillDisk(ground, calmId, 4)
    console.log(JSON.stringify({ full }, null, 2))
    const storm = { calmId, videos: 4, times: 10, random: randomFrom(seed) }
    const restarted = await restartDatabase(ground, installation.environment.CREMA_DATA, storm)
    console.log(JSON.stringify({ restarted }, null, 2))
    const isHostSurvived = full.isSame && full.halfWritten.length === 0 && restarted.isSame && restarted.failedTasks === 0
    const isWhole = kill.isSame && kill.storm.done === 1 && JSON.stringify(kill.calm.samples) === JSON.stringify(kill.storm.samples)
    return (
      isWhole &&
      isHostSurvived &&
      !frozen.changedAfterwards &&
      spoiled.state === 'done' &&
      spoiled.failedWithoutReason === 0 &&
      spoiled.halfWritten === 0
    )
  } finally {
    await ground.server.close()
    await installation.stop()
  }
}

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000)
main(seed).then(
  (isWhole) => {
    console.log(isWhole ? 'nothing lost, nothing doubled' : `FAILED with seed ${seed}`)
    process.exit(isWhole ? 0 : 1)
  },
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
