/** Stage `group`: consecutive captions that are left, some at a time. No model. */
import { groupFrames } from '@/core/pipeline/grouping'
import { need } from './before'
import type { Stage } from './stage'

export const groupStage: Stage<'group'> = async (input) => ({ groups: groupFrames(need(input, 'dedupe').kept, input.settings.groupSize) })
