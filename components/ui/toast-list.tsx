'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { Check, Info, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'

export type ToastTone = 'ok' | 'info' | 'warn' | 'bad'
export type Announcement = {
  tone?: ToastTone
  title: string
  text?: string
  action?: { label: string; run: () => void }
  timeoutMs?: number
}

function ToneIcon({ tone }: { tone: string | undefined }) {
  if (tone === 'ok') return <Check size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-ok" aria-hidden />
  if (tone === 'warn') return <TriangleAlert size={16} strokeWidth={1.5} className="mt-0.5 flex-none text-warn" aria-hidden />
  if (tone === 'bad') return <TriangleAlert size={16} strokeWidth={1.5} className="mt-0.5 flex-none text-bad" aria-hidden />
  return <Info size={16} strokeWidth={1.5} className="mt-0.5 flex-none text-fg-3" aria-hidden />
}

function Toasts() {
  const { toasts } = Base.useToastManager()
  return (
    <Base.Portal>
      <Base.Viewport className="fixed right-4 bottom-16 z-60 flex flex-col gap-2 outline-none">
        {toasts.map((toast) => (
          <Base.Root key={toast.id} toast={toast} swipeDirection="right" className="overlay w-80 rounded-3 bg-raised text-fg shadow-2">
            <Base.Content className="flex items-start gap-2 py-2.5 pr-2 pl-3">
              <ToneIcon tone={toast.type} />
              <div className="min-w-0 flex-1">
                <Base.Title className="font-medium text-12 leading-5" />
                <Base.Description className="text-12 text-fg-2 [overflow-wrap:anywhere]" />
                {toast.actionProps === undefined ? null : (
                  <Base.Action className="mt-2 inline-flex h-(--h-control-sm) items-center rounded-2 border border-line-strong bg-control px-2 font-medium hover:bg-control-hover" />
                )}
              </div>
              <Base.Close
                aria-label="Close message"
                className="inline-flex size-(--h-control-sm) flex-none items-center justify-center rounded-2 text-fg-3 hover:bg-hover hover:text-fg"
              >
                <X size={14} strokeWidth={1.5} aria-hidden />
              </Base.Close>
            </Base.Content>
          </Base.Root>
        ))}
      </Base.Viewport>
    </Base.Portal>
  )
}

const manager = Base.createToastManager()

function show({ tone = 'info', title, text, action, timeoutMs }: Announcement): void {
  manager.add({
    title,
    type: tone,
    priority: tone === 'bad' ? 'high' : 'low',
    timeout: timeoutMs ?? (tone === 'bad' ? 0 : 5000),
    ...(text === undefined ? {} : { description: text }),
    ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: action.run } }),
  })
}

/** The real thing behind `ui/toast.tsx`, fetched after the first picture. */
export function ToastList({ connect }: { connect: (show: (announcement: Announcement) => void) => () => void }) {
  // The provider listens by the time an effect of its parent runs.
  useEffect(() => connect(show), [connect])
  return (
    <Base.Provider limit={4} toastManager={manager}>
      <Toasts />
    </Base.Provider>
  )
}
