/** Lifts a line of an older version to the one this build knows; a newer one is refused with the way out. */
import { describeValue, type JsonObject } from '@/core/formats/json'
import type { RowResult } from '@/core/formats/row-problem'
import { CREMA_SCHEMA, CREMA_VERSION } from './version'

type Step = (row: JsonObject) => JsonObject

/** Version n → the step that makes it n + 1. Version 1 is the first. */
const STEPS: ReadonlyMap<number, Step> = new Map()

/**
 * The row in the shape of `CREMA_VERSION`. Refuses what names no version, one never released, or one of a newer Crema.
 *
 * @param steps for tests: the steps of another history
 */
export function upgradeCremaRow(row: JsonObject, steps: ReadonlyMap<number, Step> = STEPS): RowResult<JsonObject> {
  const refuse = (message: string): RowResult<JsonObject> => ({ ok: false, problems: [{ field: 'schema', code: 'bad_row', message }] })
  const named = typeof row.schema === 'string' ? /^crema\.sample\/v(\d{1,6})$/.exec(row.schema) : null
  if (named === null) {
    return refuse(
      `Found ${describeValue(row.schema)}; every line of this format begins with "schema": "${CREMA_SCHEMA}". Is this a videoespresso file?`,
    )
  }
  let version = Number(named[1])
  if (version > CREMA_VERSION) {
    return refuse(
      `The line is of version ${version}; this Crema reads up to version ${CREMA_VERSION}. Update Crema, or export again from the other one as an older version.`,
    )
  }
  let current = row
  while (version < CREMA_VERSION) {
    const step = steps.get(version)
    if (step === undefined) return refuse(`Version ${version} of this format was never released.`)
    current = step(current)
    version += 1
  }
  return { ok: true, value: { ...current, schema: CREMA_SCHEMA } }
}
