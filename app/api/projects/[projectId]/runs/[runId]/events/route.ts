import { getRun } from '@/server/queries/get-run'
import { eventStream } from '@/server/runs/event-stream'
import { watchRun } from '@/server/runs/watch-run'
import { requireProject, routeHandler } from '@/server/viewer'

export const dynamic = 'force-dynamic'

/**
 * What becomes of a run, as server-sent events: its whole state on connecting and whenever something has changed since, at
 * most once a second. A comment now and then keeps intermediaries from closing the line.
 */
export const GET = routeHandler<{ projectId: string; runId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'project.view')
  const first = await getRun(project.id, { id: params.runId })
  return eventStream(request.signal, (send) => watchRun(project.id, first, send))
})
