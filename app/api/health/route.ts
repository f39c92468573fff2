import { checkHealth } from '@/server/health'

export const dynamic = 'force-dynamic'

/** For load balancers and scripts; needs no session and says nothing but which part fails. */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
