/** The one dual encoder that is open: hundreds of megabytes, so the one before goes when another is asked for. */
import type { CallOptions } from './models'
import type { SelectorRuntime } from './runtime'
import { type BrowserVision, openVision } from './vision'

export type OpenVision = (name: string, runtime: SelectorRuntime, call: CallOptions) => Promise<BrowserVision>

type Held = { readonly name: string; readonly runtime: SelectorRuntime; readonly vision: Promise<BrowserVision> }

/** @returns what opens a dual encoder, or gives the one that is open on this runtime */
export function holdVision(open: OpenVision = openVision): OpenVision {
  let held: Held | null = null
  return (name, runtime, call) => {
    if (held?.name === name && held.runtime === runtime) return held.vision
    // On a device that is gone it cannot be released, and need not be.
    held?.vision.then((vision) => vision.release()).catch(() => undefined)
    const own: Held = { name, runtime, vision: open(name, runtime, call) }
    held = own
    own.vision.catch(() => {
      if (held === own) held = null
    })
    return own.vision
  }
}
