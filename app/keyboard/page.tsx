import type { Metadata } from 'next'
import { CommandLine } from '@/components/project/bad-link'
import { TopBar } from '@/components/project/top-bar'
import { LIST_KEYS } from '@/components/queue/list-keys'
import { KeyboardTable } from '@/components/review/keyboard-table'
import { Kbd } from '@/components/ui/kbd'
import { viewerOfPage } from '@/server/page-access'

export const metadata: Metadata = { title: 'Keyboard and help' }

export default async function KeyboardPage() {
  const viewer = await viewerOfPage()
  return (
    <div className="flex min-h-full flex-col bg-panel">
      <TopBar viewer={viewer} />
      <main className="mx-auto w-full max-w-5xl px-5 pt-8 pb-12">
        <h1 className="font-semibold text-18 tracking-[-0.012em]">Keyboard</h1>
        <p className="mt-1 mb-6 text-13 text-fg-2">
          Bare keys rest while you type; <Kbd keys="Esc" /> leaves the field. No bare key deletes anything. <Kbd keys="?" /> shows this
          sheet on every page.
        </p>
        <h2 className="sr-only">Review screen</h2>
        <KeyboardTable />
        <div className="mt-6 grid gap-12 md:grid-cols-2">
          <section aria-label="Samples list">
            <h2 className="mb-1 font-medium text-11 text-fg-3">Samples list</h2>
            <dl>
              {LIST_KEYS.map((entry) => (
                <div key={entry.id} className="flex min-h-[27px] items-center gap-2 border-line border-b">
                  <dt className="min-w-0 flex-1 text-13">{entry.label}</dt>
                  <dd className="flex flex-none gap-2">
                    {entry.keys.map((key) => (
                      <Kbd key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <section aria-label="Help" className="flex flex-col gap-2">
            <h2 className="font-medium text-11 text-fg-3">When something does not work</h2>
            <p className="text-13 text-fg-2">This command checks database, storage, queue and decoder, and says in words what is wrong:</p>
            <CommandLine text="npm run -s crema -- doctor" />
          </section>
        </div>
      </main>
    </div>
  )
}
