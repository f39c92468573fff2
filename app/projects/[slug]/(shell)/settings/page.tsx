import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { NameForm } from '@/components/project/name-form'
import { PageHead } from '@/components/project/page-head'
import { ThemeSetting } from '@/components/project/theme-setting'
import { can } from '@/core/access'
import { projectOfPage } from '@/server/page-access'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role, viewer } = await projectOfPage((await params).slug)
  const canEdit = can(role, 'project.edit')
  return (
    <>
      <PageHead title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        <div className="flex max-w-4xl flex-col">
          <Section
            title="Project"
            note={canEdit ? 'Everybody in the project sees this name.' : 'Only administrators of the project can change it.'}
          >
            <NameForm key={project.name} label="Name" name={project.name} projectId={project.id} isReadOnly={!canEdit} />
            <Fact label="Address and command line">
              <code className="code-11">{project.slug}</code>
            </Fact>
            <Fact label="Made">{project.createdAt.toISOString().slice(0, 10)}</Fact>
          </Section>
          <Section title="You" note="Your name stands beside your decisions, in exports as well.">
            <NameForm key={viewer.name} label="Name" name={viewer.name} />
          </Section>
          <Section title="Theme" note="Kept on this device.">
            <ThemeSetting />
          </Section>
        </div>
      </div>
    </>
  )
}

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[220px_minmax(0,1fr)] gap-6 border-line border-b py-6 first:pt-1 last:border-b-0">
      <div>
        <h2 className="font-semibold text-13">{title}</h2>
        <p className="mt-1 text-fg-3">{note}</p>
      </div>
      <div className="flex flex-col items-start gap-4 [&>form]:w-full">{children}</div>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-11 text-fg-3">{label}</span>
      <span className="text-fg-2">{children}</span>
    </div>
  )
}
