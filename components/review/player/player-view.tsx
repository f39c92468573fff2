'use client'

import './player.css'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { isTyping } from '../stage/stage-cursor'
import { ExactStill } from './exact-still'
import { MotionEngine } from './motion-engine'
import { PlayerControls } from './player-controls'
import type { MotionPlayerProps, MotionState, PlayerHandle } from './player-types'
import { ScrubBar } from './scrub-bar'
import { shuttleRate } from './shuttle'

export function PlayerView(props: MotionPlayerProps) {
  const { frames, src, posterUrl, spans } = props
  const sectionRef = useRef<HTMLElement>(null)
  const hostRef = useRef<HTMLDivElement>(null)
  const engineRef = useRef<MotionEngine | null>(null)
  const [speed, setSpeed] = useState(1)
  const [state, setState] = useState<MotionState>(() => restAt(props.initialIndex, frames.pts.length))

  const takeState = useEffectEvent((next: MotionState) => {
    if (next.index !== state.index) props.onIndexChange(next.index)
    setState(next)
  })
  const startIndex = useEffectEvent(() => state.index)

  useEffect(() => {
    const host = hostRef.current
    if (!host) return
    const engine = new MotionEngine({ src, posterUrl, frames, initialIndex: startIndex(), onState: takeState })
    engineRef.current = engine
    void engine.open(host)
    return () => {
      engineRef.current = null
      engine.dispose()
    }
  }, [src, posterUrl, frames])

  // Keys belong to the player from the moment it opens.
  useEffect(() => sectionRef.current?.focus({ preventScroll: true }), [])

  const loop = spans.find((span) => span.isCurrent) ?? null
  useEffect(() => {
    engineRef.current?.setSpan(loop)
  }, [loop])

  const acts: PlayerHandle = {
    toggle: () => engineRef.current?.setRate(state.rate === 0 ? speed : 0),
    pause: () => engineRef.current?.setRate(0),
    step: (count) => engineRef.current?.step(count),
    shuttle: (key) => engineRef.current?.setRate(shuttleRate(engineRef.current.state.rate, key)),
    seek: (index) => engineRef.current?.seek(index),
    toggleLoop: () => engineRef.current?.setLooping(!state.isLooping),
    useFrame: () => {
      if (props.isReadOnly) return
      engineRef.current?.setRate(0)
      props.onUseFrame(engineRef.current?.state.index ?? state.index)
    },
  }
  useImperativeHandle(props.handleRef, () => acts)

  const changeSpeed = (next: number) => {
    setSpeed(next)
    if (state.rate > 0) engineRef.current?.setRate(next)
  }

  return (
    <section
      ref={sectionRef}
      aria-label="Motion player"
      tabIndex={-1}
      onKeyDown={(event) => playerKey(event, acts, props)}
      className="@container flex size-full min-h-0 min-w-0 flex-col bg-stage outline-none"
    >
      <div className="relative min-h-0 flex-1 p-3">
        <div className="relative size-full">
          <div ref={hostRef} className="motion-host absolute inset-0" aria-hidden="true" />
          <ExactStill index={state.index} isMoving={state.isMoving} stillUrl={props.stillUrl} />
          {state.problem === null ? null : (
            <p
              role="alert"
              className="absolute inset-x-0 bottom-4 mx-auto w-fit rounded-2 bg-raised px-3 py-1.5 text-12 text-warn shadow-2"
            >
              {state.problem}
            </p>
          )}
        </div>
        <IconButton
          size="sm"
          label="Close the player"
          shortcut="Esc"
          onClick={props.onClose}
          className="absolute! top-5 right-5 bg-box-label-ground text-box-ghost!"
        >
          <X size={16} strokeWidth={1.5} aria-hidden />
        </IconButton>
      </div>
      <ScrubBar
        frames={frames}
        index={state.index}
        spans={spans}
        marks={props.marks ?? []}
        sprite={props.sprite ?? null}
        onSeek={acts.seek}
      />
      <PlayerControls
        state={state}
        frames={frames}
        speed={speed}
        canLoop={loop !== null}
        canUse={!props.isReadOnly}
        useFrameText={props.useFrameText ?? 'Use this frame'}
        videoName={props.videoName}
        hasSound={props.hasSound ?? true}
        onToggle={acts.toggle}
        onStep={acts.step}
        onLoop={acts.toggleLoop}
        onSpeed={changeSpeed}
        onMuted={(isMuted) => engineRef.current?.setMuted(isMuted)}
        onUse={acts.useFrame}
      />
    </section>
  )
}

function restAt(index: number, count: number): MotionState {
  const clamped = Math.min(Math.max(0, count - 1), Math.max(0, index))
  return { index: clamped, rate: 0, isMoving: false, isLooping: false, isReady: false, isMuted: true, problem: null }
}

/** Keys while the focus is in the player. What is taken here goes no further, so that the review keys do not act twice. */
function playerKey(event: KeyboardEvent, acts: PlayerHandle, props: MotionPlayerProps): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  const deed = deedOf(event, acts, props)
  if (!deed) return
  event.preventDefault()
  event.stopPropagation()
  deed()
}

function deedOf(event: KeyboardEvent, acts: PlayerHandle, props: MotionPlayerProps): (() => void) | null {
  // On a button these two press it.
  const isPress = event.key === ' ' || event.key === 'Enter'
  if (isPress && event.target instanceof HTMLButtonElement) return null
  const stride = event.shiftKey ? 10 : 1
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case ',':
      return () => acts.step(-1)
    case '.':
      return () => acts.step(1)
    case 'ArrowLeft':
      return () => acts.step(-stride)
    case 'ArrowRight':
      return () => acts.step(stride)
    case 'Home':
      return () => acts.seek(0)
    case 'End':
      return () => acts.seek(props.frames.pts.length - 1)
    case 'j':
      return () => acts.shuttle('J')
    case 'k':
      return () => acts.shuttle('K')
    case 'l':
      return () => acts.shuttle('L')
    case '/':
      return acts.toggleLoop
    case ' ':
      return acts.toggle
    case 'Enter':
      return acts.useFrame
    case 'Escape':
      return props.onClose
    default:
      return null
  }
}
