import { mediaUrls } from '@/browser/api'
import { ButtonLink } from '@/components/ui/button-link'
import { LogoMark } from '@/components/ui/logo'
import { objectClass } from '@/components/ui/object-chip'
import type { NextSample } from '@/server/queries/get-next-sample'
import type { NextStep } from './next-step'
import { StillImage } from './still-image'

/** The first thing on the page: what to do next, and the picture it is about. */
export function NextCard({ step, next, projectId }: { step: NextStep; next: NextSample | null; projectId: string }) {
  return (
    <section
      aria-label="Next for you"
      className="col-span-full flex min-h-36 items-center gap-5 rounded-4 border border-line-strong bg-raised p-4"
    >
      <NextPicture next={next} projectId={projectId} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="font-medium text-11 text-fg-3">Next for you</span>
        <h2 className="font-semibold text-18 tracking-[-0.012em] [text-wrap:balance]">{step.title}</h2>
        {step.text === '' ? null : <p className="line-clamp-3 max-w-3xl whitespace-pre-line text-13 text-fg-2">{step.text}</p>}
      </div>
      <div className="flex w-47 flex-none flex-col gap-2">
        {step.primary === null ? null : (
          <ButtonLink href={step.primary.href} variant="primary" size="lg">
            {step.primary.label}
          </ButtonLink>
        )}
        {step.secondary === null ? null : (
          <ButtonLink href={step.secondary.href} size="lg">
            {step.secondary.label}
          </ButtonLink>
        )}
      </div>
    </section>
  )
}

function NextPicture({ next, projectId }: { next: NextSample | null; projectId: string }) {
  if (next?.videoId == null || next.frameIndex === null) {
    return (
      <div className="hidden h-31 w-55 flex-none items-center justify-center rounded-2 bg-well min-[1100px]:flex">
        <LogoMark size={32} className="opacity-40" />
      </div>
    )
  }
  const { size } = next
  return (
    <div className="relative h-31 w-55 flex-none overflow-hidden rounded-2 bg-stage">
      <StillImage src={mediaUrls.stillUrl(projectId, next.videoId, next.frameIndex)} className="size-full object-cover" />
      {size === null ? null : (
        <svg
          viewBox={`0 0 ${size.width} ${size.height}`}
          preserveAspectRatio="xMidYMid slice"
          className="absolute inset-0 size-full"
          aria-hidden
        >
          {next.boxes.map(({ rect, objectNumber }) => (
            <g key={`${objectNumber}-${rect.x}-${rect.y}`} fill="none" className={objectClass(objectNumber)}>
              <rect
                x={rect.x}
                y={rect.y}
                width={rect.w}
                height={rect.h}
                stroke="var(--box-halo)"
                strokeWidth={4}
                vectorEffect="non-scaling-stroke"
              />
              <rect
                x={rect.x}
                y={rect.y}
                width={rect.w}
                height={rect.h}
                stroke="var(--bc)"
                strokeWidth={1.5}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}
