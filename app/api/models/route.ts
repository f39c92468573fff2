import { listModels } from '@/server/models/list-models'
import { routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/** Models that a browser may run, with licence and size, so that both can be shown before anything is fetched. Any project role. */
export const GET = routeHandler(async () => Response.json(await listModels(), { headers: { 'cache-control': 'no-store' } }))
