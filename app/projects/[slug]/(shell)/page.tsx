import { Download } from 'lucide-react'
import { ChangePanel } from '@/components/project/change-panel'
import { FlagPanel } from '@/components/project/flag-panel'
import { LatelyPanel } from '@/components/project/lately-panel'
import { NextCard } from '@/components/project/next-card'
import { nextStep } from '@/components/project/next-step'
import { countOf } from '@/components/project/numbers'
import { PacePanel } from '@/components/project/pace-panel'
import { PageHead } from '@/components/project/page-head'
import { TallyRow } from '@/components/project/tally-row'
import { ButtonLink } from '@/components/ui/button-link'
import { can } from '@/core/access'
import { projectOfPage } from '@/server/page-access'
import { getHome } from '@/server/queries/get-home'

export default async function HomePage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role, viewer } = await projectOfPage((await params).slug)
  const home = await getHome(project.id, viewer.userId)
  const base = `/projects/${project.slug}`
  const step = nextStep(home, base, role)
  const seesEverybody = can(role, 'member.manage')
  const nowMs = Date.now()
  return (
    <>
      <PageHead title={project.name} note={`${countOf(home.videos.total, 'video')}, ${countOf(home.counts.samples, 'sample')}`}>
        {home.counts.samples > 0 && can(role, 'export.run') ? (
          <ButtonLink href={`${base}/exports`}>
            <Download size={16} strokeWidth={1.5} aria-hidden />
            Export
          </ButtonLink>
        ) : null}
        {home.counts.waiting > 0 && can(role, 'sample.decide') ? (
          <ButtonLink href={`${base}/review`} variant="primary">
            Continue review
          </ButtonLink>
        ) : null}
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        <div className="grid min-h-full grid-cols-[minmax(0,1fr)_minmax(0,1fr)_280px] grid-rows-[auto_auto_minmax(320px,420px)_auto] content-start gap-4 min-[1440px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_320px]">
          <NextCard step={step} next={step.showsSample ? home.next : null} projectId={project.id} />
          <TallyRow home={home} base={base} />
          <PacePanel pace={home.pace} />
          <FlagPanel flags={home.flags} base={base} />
          <LatelyPanel
            className="row-span-2"
            people={seesEverybody ? home.people : home.people.filter((person) => person.userId === viewer.userId)}
            isOwnOnly={!seesEverybody}
            running={home.running}
            lately={home.lately}
            base={base}
            nowMs={nowMs}
          />
          <ChangePanel changes={home.changes} className="col-span-2" />
        </div>
      </div>
    </>
  )
}
