/** A scene for tests of the stage. */
import type { Rect } from '@/core/records'
import type { StageBox, StageProps } from './stage-types'

export const testBox = (id: string, rect: Rect): StageBox => ({
  id,
  objectId: `o-${id}`,
  number: 1,
  colour: 1,
  label: id,
  rect,
  isDimmed: false,
  verdict: 'unseen',
})

/** A frame without a box whose owner does nothing of what is asked of it. */
export const QUIET_PROPS: StageProps = {
  sampleId: 's1',
  imageUrl: '/f1',
  imageSize: { width: 1000, height: 600 },
  boxes: [],
  ghosts: [],
  selectedBoxId: null,
  hoveredObjectId: null,
  tool: 'select',
  isHidden: false,
  isReadOnly: false,
  viewCommand: null,
  onSelect: () => {},
  onHover: () => {},
  onChange: () => {},
  onDraw: () => {},
  onToolDone: () => {},
}
