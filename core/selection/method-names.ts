/** What screens and reports call the methods, and what each does in one sentence. */
import type { SelectionMethod } from './selection-options'

/** `name` fits a narrow column; `about` is a sentence for people who have not read the papers. */
export const METHOD_NAMES: Readonly<Record<SelectionMethod, { readonly name: string; readonly about: string }>> = {
  uniform: { name: 'Uniform', about: 'Evenly spaced frames; the question is not asked.' },
  topk: { name: 'Top-k', about: 'The most relevant frames, however alike they are.' },
  bolt: { name: 'BOLT', about: 'Frames at equal shares of the relevance (inverse transform sampling).' },
  aks: { name: 'AKS', about: 'Halves the video until one part stands out, then takes the best of each part.' },
  qframe: { name: 'Q-Frame', about: 'Draws frames at random, the more relevant the likelier.' },
  focus: { name: 'FOCUS', about: 'Scores a few frames of each stretch and looks closer where they promise most.' },
  mmr: { name: 'MMR', about: 'Relevant frames, each unlike those taken before it.' },
  dpp: { name: 'DPP', about: 'The set that is most relevant and most varied at once.' },
  lifo: { name: 'Caption LIFO', about: 'Leaves out frames whose captions repeat each other, then ranks the rest.' },
  event: { name: 'Events', about: 'Parts the video where the picture changes and takes an anchor of each part.' },
  adaptive: { name: 'Adaptive k', about: 'As many frames as the question needs: it stops when another adds nothing.' },
}
