/** The version this build writes. A change of shape gets a new number and a step in `upgrade.ts`. */
export const CREMA_SCHEMA = 'crema.sample/v1'
/** The number in `CREMA_SCHEMA`. */
export const CREMA_VERSION = 1
