type Refused = { readonly ok: false; readonly error: { readonly message: string } }

/** What an action answered. A line that is down answers like a refusal, so that no button waits for ever. */
export async function reachServer<Answer extends { readonly ok: boolean }>(call: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await call()
  } catch {
    return { ok: false, error: { message: 'The server cannot be reached. Check the line and try again.' } }
  }
}
