import { modelResponse } from '@/server/models/model-response'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** A file of a model by its content. Any project role: models belong to the installation, not to a project. */
export const GET = routeHandler<{ sha256: string }>(async (request, { params }) => modelResponse(request, params.sha256))

export const HEAD = GET
