'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { Toasts } from './toast'

/** What every page needs once: the nonce for the few style elements of the component library, tooltips' shared delay, messages. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
      <Tooltip.Provider delay={500} closeDelay={0}>
        {children}
        <Toasts />
      </Tooltip.Provider>
    </CSPProvider>
  )
}
