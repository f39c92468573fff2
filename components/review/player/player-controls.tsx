'use client'

import { ChevronDown, Pause, Play, Repeat, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuChoice } from '@/components/ui/menu'
import { type FrameTable, frameAt, frameCount } from '@/core/frame-table'
import { FrameReadout } from './frame-readout'
import type { MotionState } from './player-types'
import { rateText, SPEEDS } from './shuttle'

type PlayerControlsProps = {
  readonly state: MotionState
  readonly frames: FrameTable
  readonly speed: number
  readonly canLoop: boolean
  readonly canUse: boolean
  readonly useFrameText: string
  readonly videoName: string | undefined
  readonly hasSound: boolean
  readonly onToggle: () => void
  readonly onStep: (frames: number) => void
  readonly onLoop: () => void
  readonly onSpeed: (speed: number) => void
  readonly onMuted: (isMuted: boolean) => void
  readonly onUse: () => void
}

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const

export function PlayerControls(props: PlayerControlsProps) {
  const { state, frames } = props
  const frame = frameAt(frames, state.index)
  const last = frameAt(frames, frameCount(frames) - 1)
  const isPlaying = state.rate !== 0
  return (
    <div className="flex h-10 flex-none items-center gap-1 border-line border-t bg-panel px-2">
      <IconButton size="sm" label="Frame back" shortcut="," disabled={frame.index === 0} onClick={() => props.onStep(-1)}>
        <StepBack {...icon} />
      </IconButton>
      <IconButton
        size="sm"
        label={isPlaying ? 'Pause' : 'Play'}
        shortcut="Space"
        disabled={state.problem !== null}
        onClick={props.onToggle}
      >
        {isPlaying ? <Pause {...icon} /> : <Play {...icon} />}
      </IconButton>
      <IconButton size="sm" label="Frame on" shortcut="." disabled={frame.index === last.index} onClick={() => props.onStep(1)}>
        <StepForward {...icon} />
      </IconButton>
      <IconButton
        size="sm"
        label="Loop the step's span"
        shortcut="/"
        isOn={state.isLooping}
        disabled={!props.canLoop}
        onClick={props.onLoop}
      >
        <Repeat {...icon} />
      </IconButton>
      <FrameReadout
        className="ml-1"
        index={frame.index}
        pts={frame.pts}
        timeBase={frames.timeBase}
        timeSec={frame.timeSec}
        widest={{ index: last.index, pts: last.pts, timeSec: last.timeSec }}
      />
      <span className="ml-1 @max-[960px]:hidden min-w-0 truncate text-fg-3">{props.videoName}</span>
      <span className="flex-1" />
      <span className="@max-[800px]:hidden flex items-center gap-1 text-fg-3">
        <Kbd keys="J" />
        <Kbd keys="K" />
        <Kbd keys="L" />
      </span>
      <SpeedMenu rate={state.rate} speed={props.speed} onSpeed={props.onSpeed} />
      {props.hasSound ? (
        <IconButton size="sm" label={state.isMuted ? 'Sound on' : 'Sound off'} onClick={() => props.onMuted(!state.isMuted)}>
          {state.isMuted ? <VolumeX {...icon} /> : <Volume2 {...icon} />}
        </IconButton>
      ) : null}
      <Button size="sm" variant="primary" shortcut="Enter" disabled={!props.canUse} onClick={props.onUse} className="ml-1">
        {props.useFrameText}
      </Button>
    </div>
  )
}

function SpeedMenu({ rate, speed, onSpeed }: { rate: number; speed: number; onSpeed: (speed: number) => void }) {
  const shown = rate === 0 ? speed : rate
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Speed ${rateText(shown)}`} className="w-14 px-1.5">
          {rateText(shown)}
          <ChevronDown size={12} strokeWidth={1.5} aria-hidden />
        </Button>
      }
    >
      <MenuChoice
        value={String(speed)}
        onChange={(value) => onSpeed(Number(value))}
        choices={SPEEDS.map((choice) => ({ value: String(choice), label: rateText(choice) }))}
      />
    </Menu>
  )
}
