import { answerUpload } from '@/server/uploads'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** Resumable uploads (tus 1.0). There is no GET: what was uploaded is read through the project it belongs to. */
const handle = routeHandler((request, { viewer }) => answerUpload(request, viewer))

export { handle as DELETE, handle as HEAD, handle as OPTIONS, handle as PATCH, handle as POST }
