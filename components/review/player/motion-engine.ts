/**
 * Motion by video.js, in frames. The element plays; which frame that is comes from `requestVideoFrameCallback` and the frame
 * table. A callback is registered before each seek (it may be missed otherwise), seeks go to the middle of a frame, and only
 * one is under way at a time. Backward motion is a chain of such seeks: no browser plays backwards.
 */
import type Player from 'video.js/dist/types/player'
import { calibrate, type FrameClock, frameOfCurrentTime, frameOfMediaTime, seekTimeOf, TABLE_CLOCK } from '@/browser/frame-clock'
import { type FrameTable, frameAt, frameCount } from '@/core/frame-table'
import type { MotionState } from './player-types'

export type EngineInput = {
  readonly src: string
  readonly posterUrl: string | null
  readonly frames: FrameTable
  readonly initialIndex: number
  readonly onState: (state: MotionState) => void
}

/** Without a frame callback after this long (a hidden tab has none) the clock of the table is taken. */
const CALIBRATION_PATIENCE_MS = 1500

export class MotionEngine {
  state: MotionState
  readonly #input: EngineInput
  #player: Player | null = null
  #video: HTMLVideoElement | null = null
  #clock: FrameClock = TABLE_CLOCK
  #isCalibrated = false
  #isDisposed = false
  #callback = 0
  #reverseFrame = 0
  #isSeeking = false
  /** The frame to seek to once the seek under way has ended. */
  #wanted: number | null = null
  #span: { readonly startIndex: number; readonly endIndex: number } | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(input: EngineInput) {
    this.#input = input
    this.state = {
      index: this.#clamped(input.initialIndex),
      rate: 0,
      isMoving: false,
      isLooping: false,
      isReady: false,
      isMuted: true,
      problem: null,
    }
  }

  /** Loads video.js and the source into `host`. The element is made here, never by React, so that a second mount gets a fresh one. */
  async open(host: HTMLElement): Promise<void> {
    window.VIDEOJS_NO_DYNAMIC_STYLE = true
    const { default: videojs } = await import('video.js/core.es.js')
    if (this.#isDisposed) return
    const element = document.createElement('video-js')
    host.append(element)
    const player = videojs(element, {
      controls: false,
      preload: 'auto',
      muted: true,
      playsinline: true,
      bigPlayButton: false,
      controlBar: false,
      errorDisplay: false,
      loadingSpinner: false,
      textTrackSettings: false,
      ...(this.#input.posterUrl === null ? {} : { poster: this.#input.posterUrl }),
      // The browser looks at the content; the type only lets video.js hand the file over.
      sources: [{ src: this.#input.src, type: 'video/mp4' }],
    })
    this.#player = player
    const video = host.querySelector('video')
    if (!video) return
    this.#video = video
    video.tabIndex = -1
    this.#awaitFrame()
    player.on('loadeddata', () => {
      this.#timer = setTimeout(() => this.#calibrated(TABLE_CLOCK), CALIBRATION_PATIENCE_MS)
    })
    player.on('seeked', () => this.#seeked())
    player.on('ended', () => this.#ended())
    player.on('error', () => this.#failed(player.error()?.code ?? 0))
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#reverseFrame)
    this.#video?.cancelVideoFrameCallback?.(this.#callback)
    if (this.#player && !this.#player.isDisposed()) this.#player.dispose()
    this.#player = null
    this.#video = null
  }

  /** Signed rate; 0 pauses. Before the source is ready the wish is kept, and the still stays in view until frames come. */
  setRate(rate: number): void {
    if (this.state.problem !== null || rate === this.state.rate) return
    const before = this.state.rate
    cancelAnimationFrame(this.#reverseFrame)
    this.#set(rate === 0 ? { rate, isMoving: false } : { rate })
    if (this.#isCalibrated) this.#changeMotion(before, rate)
  }

  #changeMotion(before: number, rate: number): void {
    const video = this.#video
    if (!video) return
    if (rate <= 0 && before > 0) video.pause()
    if (rate > 0) {
      if (this.state.index >= frameCount(this.#input.frames) - 1) this.#seek(0)
      video.playbackRate = rate
      if (before <= 0) this.#play(video)
    } else if (rate < 0) {
      this.#playBackwards()
    } else {
      // The element may have gone one frame further than was reported; both shall rest on the reported one.
      this.#seek(this.state.index)
    }
  }

  seek(index: number): void {
    const target = this.#clamped(index)
    this.#set({ index: target })
    this.#seek(target)
  }

  /** One or more frames on or back, from a rest. */
  step(frames: number): void {
    if (this.state.rate !== 0) this.setRate(0)
    this.seek(this.state.index + frames)
  }

  /** Sets what a loop covers. A loop that is on follows the new span. */
  setSpan(span: { readonly startIndex: number; readonly endIndex: number } | null): void {
    this.#span = span
    if (span === null && this.state.isLooping) this.#set({ isLooping: false })
  }

  setLooping(isLooping: boolean): void {
    if (isLooping && !this.#span) return
    this.#set({ isLooping })
    if (isLooping && this.#span && (this.state.index < this.#span.startIndex || this.state.index >= this.#span.endIndex)) {
      this.seek(this.#span.startIndex)
    }
  }

  setMuted(isMuted: boolean): void {
    if (this.#video) this.#video.muted = isMuted
    this.#set({ isMuted })
  }

  #play(video: HTMLVideoElement): void {
    this.#awaitFrame()
    video.play().catch((thrown: unknown) => {
      // A pause or a new seek right after ends the promise too; only a refusal puts the button back to “play”.
      if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') this.#set({ rate: 0, isMoving: false })
    })
  }

  #playBackwards(): void {
    const { frames } = this.#input
    let at = frameAt(frames, this.state.index).timeSec
    let last = performance.now()
    const tick = (now: number) => {
      if (this.state.rate >= 0) return
      at += ((now - last) / 1000) * this.state.rate
      last = now
      const floor = this.#loopSpan()?.startIndex ?? 0
      const index = Math.max(floor, frameOfCurrentTime(frames, TABLE_CLOCK, at))
      if (index !== this.state.index && !this.#isSeeking) this.seek(index)
      if (index === floor) {
        const loop = this.#loopSpan()
        if (!loop) {
          this.setRate(0)
          return
        }
        at = frameAt(frames, loop.endIndex).timeSec
      }
      this.#reverseFrame = requestAnimationFrame(tick)
    }
    this.#reverseFrame = requestAnimationFrame(tick)
  }

  #seek(index: number): void {
    const video = this.#video
    if (!video || !this.#isCalibrated) return
    if (this.#isSeeking) {
      this.#wanted = index
      return
    }
    this.#isSeeking = true
    this.#awaitFrame()
    video.currentTime = seekTimeOf(this.#input.frames, this.#clock, index)
  }

  #seeked(): void {
    this.#isSeeking = false
    const next = this.#wanted
    this.#wanted = null
    if (next !== null) this.#seek(next)
    if (this.state.rate < 0 && !this.state.isMoving) this.#set({ isMoving: true })
  }

  #awaitFrame(): void {
    const video = this.#video
    if (!video || typeof video.requestVideoFrameCallback !== 'function') return
    video.cancelVideoFrameCallback(this.#callback)
    this.#callback = video.requestVideoFrameCallback((_now, { mediaTime }) => this.#presented(mediaTime))
  }

  #presented(mediaTime: number): void {
    if (this.#isDisposed) return
    if (!this.#isCalibrated) {
      this.#calibrated(calibrate(this.#input.frames, mediaTime))
      return
    }
    if (this.state.rate <= 0) return
    this.#awaitFrame()
    if (this.#isSeeking) return
    const index = frameOfMediaTime(this.#input.frames, this.#clock, mediaTime)
    const loop = this.#loopSpan()
    if (loop && (index >= loop.endIndex || index < loop.startIndex)) this.seek(loop.startIndex)
    else if (index !== this.state.index || !this.state.isMoving) this.#set({ index, isMoving: true })
  }

  /** The first frame presented gives the clock; from then on the element can be asked for frames. */
  #calibrated(clock: FrameClock): void {
    if (this.#isCalibrated || this.#isDisposed) return
    clearTimeout(this.#timer)
    this.#clock = clock
    this.#isCalibrated = true
    this.#set({ isReady: true })
    this.#seek(this.state.index)
    if (this.state.rate !== 0) this.#changeMotion(0, this.state.rate)
  }

  #loopSpan() {
    return this.state.isLooping ? this.#span : null
  }

  #ended(): void {
    const loop = this.#loopSpan()
    if (loop && this.#video) {
      this.seek(loop.startIndex)
      this.#play(this.#video)
      return
    }
    if (this.state.rate <= 0) return
    this.#set({ rate: 0, isMoving: false, index: frameCount(this.#input.frames) - 1 })
  }

  #failed(code: number): void {
    const isFormat = code === 3 || code === 4
    this.#set({
      rate: 0,
      isMoving: false,
      problem: isFormat ? 'The video cannot be played here. Its frames can still be stepped through.' : 'The video could not be loaded.',
    })
  }

  #clamped(index: number): number {
    return Math.min(Math.max(0, frameCount(this.#input.frames) - 1), Math.max(0, Math.round(index)))
  }

  #set(change: Partial<MotionState>): void {
    if (this.#isDisposed) return
    this.state = { ...this.state, ...change }
    this.#input.onState(this.state)
  }
}
