// Property tests take their cases from one seed, so that a change is judged by the same cases twice. A failure prints its seed
// and path; CREMA_TEST_SEED=random (or a number) looks elsewhere, as the long runs do.
import fc from 'fast-check'

const STANDING_SEED = 20_261_122
const wish = process.env.CREMA_TEST_SEED
const seed = wish === undefined ? STANDING_SEED : wish === 'random' ? Date.now() % 2 ** 31 : Number(wish)

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
