/** What names a run from outside: never its id alone, always with the project it is looked up in. */
import { z } from 'zod'
import { projectIdSchema } from '../ids'

export const runKeySchema = z.object({ projectId: projectIdSchema, runId: z.uuid() })
