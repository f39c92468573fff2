'use client'

import dynamic from 'next/dynamic'
import type { MotionPlayerProps } from './player-types'

/** The player and video.js are fetched when it is opened for the first time. */
const PlayerView = dynamic(() => import('./player-view').then((module) => module.PlayerView), {
  ssr: false,
  loading: () => (
    <div className="flex size-full items-center justify-center bg-stage text-12 text-fg-3" role="status">
      Opening the player
    </div>
  ),
})

/** Give it a `key` of the video: another source gets another player. */
export function MotionPlayer(props: MotionPlayerProps) {
  return <PlayerView {...props} />
}
