import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@/core/formats/json'
import { upgradeCremaRow } from './upgrade'
import { CREMA_SCHEMA, CREMA_VERSION } from './version'

const refusal = (row: JsonObject): string => {
  const result = upgradeCremaRow(row)
  if (result.ok) throw new Error('The line was expected to be refused.')
  expect(result.problems.map(({ field, code }) => [field, code])).toEqual([['schema', 'bad_row']])
  return result.problems[0]?.message ?? ''
}

it('the name of the version holds its number', () => {
  expect(CREMA_SCHEMA).toBe(`crema.sample/v${CREMA_VERSION}`)
})

describe('a line of this version', () => {
  it('passes with every field it has', () => {
    const row = { schema: CREMA_SCHEMA, externalId: 'a', mine: { deep: [1] } }
    expect(upgradeCremaRow(row)).toEqual({ ok: true, value: row })
  })
})

describe('a line of a newer version', () => {
  it.each([CREMA_VERSION + 1, 99, 999_999])('v%i is refused with both ways out', (version) => {
    const message = refusal({ schema: `crema.sample/v${version}` })
    expect(message).toContain(`version ${version}`)
    expect(message).toContain(`up to version ${CREMA_VERSION}`)
    expect(message).toMatch(/Update Crema.*export again/)
  })
})

describe('a line of no version', () => {
  it.each<[string, JsonObject, string]>([
    ['without a schema', {}, 'Found nothing'],
    ['with null', { schema: null }, 'Found null'],
    ['with a number', { schema: 1 }, 'Found 1'],
    ['with another program’s', { schema: 'coco/v1' }, 'Found "coco/v1"'],
    ['with a version that is no number', { schema: 'crema.sample/vX' }, 'vX'],
    ['with a version below the line', { schema: 'crema.sample/v-1' }, 'v-1'],
    ['with a version between two', { schema: 'crema.sample/v1.5' }, 'v1.5'],
    ['with more behind it', { schema: 'crema.sample/v1; v2' }, 'v1; v2'],
    ['with a number of many digits', { schema: `crema.sample/v${'9'.repeat(400)}` }, '…'],
    ['of the row key of the other format', { schema: 'crema.row/v1' }, 'crema.row/v1'],
  ])('%s is refused by what was found', (_name, row, shown) => {
    const message = refusal(row)
    expect(message).toContain(shown)
    expect(message).toContain(CREMA_SCHEMA)
    expect(message.length).toBeLessThan(260)
  })

  it('never released is said so', () => {
    expect(refusal({ schema: 'crema.sample/v0' })).toContain('never released')
  })
})

describe('steps from older versions', () => {
  it('are climbed one by one, each from what the one before left', () => {
    const climbed: number[] = []
    const steps = new Map(
      Array.from({ length: CREMA_VERSION }, (_, version) => [
        version,
        (row: JsonObject): JsonObject => {
          climbed.push(version)
          return { ...row, [`from${version}`]: true }
        },
      ]),
    )
    const lifted = upgradeCremaRow({ schema: 'crema.sample/v0', kept: 'yes' }, steps)
    expect(climbed).toEqual(Array.from({ length: CREMA_VERSION }, (_, version) => version))
    expect(lifted).toMatchObject({ ok: true, value: { schema: CREMA_SCHEMA, kept: 'yes', from0: true } })
  })
})
