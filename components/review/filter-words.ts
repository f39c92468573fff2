import { STATE_NAMES } from '@/components/project/state-words'
import { isEmptyFilter, type SampleFilter } from '@/core/sample-filter'
import { taskName } from './words'

/** The filter in a few words, for the top bar: `causal inference, B1`. */
export function filterWords(filter: SampleFilter): string {
  if (isEmptyFilter(filter)) return 'All samples'
  const words = [
    ...filter.state.map((state) => STATE_NAMES[state]),
    ...filter.task.map((task) => taskName(task === '' ? null : task)),
    ...filter.flag,
    ...(filter.text === '' ? [] : [`“${filter.text}”`]),
    ...(filter.videoId === null ? [] : ['one video']),
  ]
  return words.join(', ')
}

export function filterCount({ state, task, flag, text, videoId }: SampleFilter): number {
  return state.length + task.length + flag.length + (text === '' ? 0 : 1) + (videoId === null ? 0 : 1)
}

export const ORDER_WORDS: Readonly<Record<SampleFilter['order'], string>> = {
  risk: 'Risk first',
  import: 'As imported',
  recent: 'Last changed',
}
