import { describe, expect, it } from 'vitest'
import { can, PERMISSIONS, type Permission, type Role, roleSchema } from './access'

const ROLES = roleSchema.options

/** The whole table, written out a second time by hand: a change of rights must be made on purpose, in two places. */
const EXPECTED: Readonly<Record<Permission, readonly Role[]>> = {
  'project.view': ['viewer', 'reviewer', 'curator', 'admin'],
  'sample.edit': ['reviewer', 'curator', 'admin'],
  'sample.decide': ['reviewer', 'curator', 'admin'],
  'sample.reopen': ['reviewer', 'curator', 'admin'],
  'import.run': ['curator', 'admin'],
  'export.run': ['curator', 'admin'],
  'run.manage': ['curator', 'admin'],
  'pipeline.edit': ['curator', 'admin'],
  'video.upload': ['curator', 'admin'],
  'video.delete': ['admin'],
  'member.manage': ['admin'],
  'project.edit': ['admin'],
}

const permissions = Object.entries(EXPECTED).map(([name]) => name)

describe('can', () => {
  it('covers every permission there is', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual([...permissions].sort())
  })

  const cells = Object.entries(PERMISSIONS).flatMap(([name]) => ROLES.map((role): [string, Role] => [name, role]))

  it.each(cells)('%s for a %s', (name, role) => {
    const permission = Object.keys(PERMISSIONS).find((key): key is Permission => key === name)
    if (permission === undefined) throw new Error(`no permission ${name}`)
    expect(can(role, permission)).toBe(EXPECTED[permission].includes(role))
  })

  it.each(permissions)('%s for somebody who is no member: never', (name) => {
    const permission = Object.keys(PERMISSIONS).find((key): key is Permission => key === name)
    if (permission === undefined) throw new Error(`no permission ${name}`)
    expect(can(null, permission)).toBe(false)
  })

  it('gives each role everything the one before it may', () => {
    const granted = ROLES.map((role) => Object.entries(EXPECTED).filter(([, roles]) => roles.includes(role)).length)
    expect(granted).toEqual([...granted].sort((a, b) => a - b))
  })
})

describe('roleSchema', () => {
  it('knows the four roles of a project', () => {
    expect(ROLES).toEqual(['viewer', 'reviewer', 'curator', 'admin'])
  })

  it.each(['owner', 'Admin', '', null, 3])('refuses %s', (word) => {
    expect(roleSchema.safeParse(word).success).toBe(false)
  })
})
