/**
 * The 80 things that the embedded detector knows (COCO 2017, Lin et al. 2014, arXiv 1405.0312), by their number among the 91
 * categories. Numbers that COCO left unused are null.
 */
const NAMES = [
  ['person', 'bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat', 'traffic light'],
  ['fire hydrant', null, 'stop sign', 'parking meter', 'bench', 'bird', 'cat', 'dog', 'horse', 'sheep'],
  ['cow', 'elephant', 'bear', 'zebra', 'giraffe', null, 'backpack', 'umbrella', null, null],
  ['handbag', 'tie', 'suitcase', 'frisbee', 'skis', 'snowboard', 'sports ball', 'kite', 'baseball bat', 'baseball glove'],
  ['skateboard', 'surfboard', 'tennis racket', 'bottle', null, 'wine glass', 'cup', 'fork', 'knife', 'spoon'],
  ['bowl', 'banana', 'apple', 'sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut'],
  ['cake', 'chair', 'couch', 'potted plant', 'bed', null, 'dining table', null, null, 'toilet'],
  [null, 'tv', 'laptop', 'mouse', 'remote', 'keyboard', 'cell phone', 'microwave', 'oven', 'toaster'],
  ['sink', 'refrigerator', null, 'book', 'clock', 'vase', 'scissors', 'teddy bear', 'hair drier', 'toothbrush'],
].flat()

/** The names in the order of their numbers. */
export const COCO_LABELS: readonly string[] = NAMES.filter((name) => name !== null)

/** The name of a category by its number, which begins at 1; null where COCO has none. */
export function cocoLabel(category: number): string | null {
  return NAMES[category - 1] ?? null
}
