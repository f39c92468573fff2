/** Where each record of a draft came from: the stage, completed by the run with what filled the stage's role (invariant 9). */
import type { Provenance, ProvenanceMap } from '../provenance'
import type { StageName } from './stages'

/** What the assembly of a draft knows of a record: the stage that made it and the facts it left. */
export type RecordOrigin = {
  readonly stage: StageName
  readonly parameters: Provenance['parameters']
  readonly note: string | null
}

/** What the run knows of a stage: who did it, with which prompt, when and for how much. The cost is of the whole stage. */
export type StageMaker = Omit<Provenance, 'note'>

/**
 * The provenance of each record: who made its stage, with the stage's name in `parameters.stage`. Facts of the record go before
 * parameters of the model where they share a name.
 */
export function provenanceOf(origins: Readonly<Record<string, RecordOrigin>>, makerOf: (stage: StageName) => StageMaker): ProvenanceMap {
  return Object.fromEntries(
    Object.entries(origins).map(([id, { stage, parameters, note }]): [string, Provenance] => {
      const maker = makerOf(stage)
      return [id, { ...maker, parameters: { ...maker.parameters, ...parameters, stage }, note }]
    }),
  )
}
