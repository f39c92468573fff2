import { defineCommand } from './arguments'
import { type Finding, findAll } from './doctor-checks'

const MARKS = { ok: 'ok     ', note: 'note   ', broken: 'BROKEN ' } as const

function describe(finding: Finding): string {
  const remedy = finding.remedy === null ? '' : `\n         → ${finding.remedy}`
  return `${MARKS[finding.state]}  ${finding.name}: ${finding.message}${remedy}`
}

export const command = defineCommand({
  summary: 'look at everything Crema needs and explain what is wrong',
  options: {},
  needsDatabase: false,
  async run(_args, io) {
    const findings = await findAll()
    const broken = findings.filter((finding) => finding.state === 'broken').length
    const verdict = broken === 0 ? 'Nothing is broken.' : `${broken} of ${findings.length} checks found something broken.`
    io.result({ healthy: broken === 0, findings }, [...findings.map(describe), '', verdict].join('\n'))
    return broken === 0 ? 0 : 1
  },
})
