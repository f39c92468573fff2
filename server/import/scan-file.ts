/**
 * The first reading of a file: counts its rows, so that progress has an end; reads its box convention off a sample of its
 * boxes; and proves that the file holds together to its last byte before anything is written.
 */

import { isJsonObject, type JsonObject } from '@/core/formats/json'
import {
  type BoxConventionName,
  boxConventionNameSchema,
  type Detection,
  detectConvention,
} from '@/core/formats/videoespresso/box-convention'
import type { Four } from '@/core/formats/videoespresso/box-list'
import { CREMA_KEY, nameFields } from '@/core/formats/videoespresso/fields'
import { readTaggedText } from '@/core/formats/videoespresso/tagged-text'
import { readRows } from './read-rows'

/** Boxes looked at for the convention; the first of a file would all be of one source, so rows are skipped evenly later on. */
const MAX_BOXES = 20_000
const EVERY_ROW_UNTIL = 5000
const LATER_STEP = 17

export type Scan = { readonly rows: number; readonly detection: Detection }

/** The convention our own export wrote into a row; it declares it for the whole file. */
function declaredIn(row: JsonObject): BoxConventionName | null {
  const crema = row[CREMA_KEY]
  if (!isJsonObject(crema) || !isJsonObject(crema.boxConvention)) return null
  return boxConventionNameSchema.safeParse(crema.boxConvention.name).data ?? null
}

export async function scanFile(
  path: string,
  file: string,
  format: 'videoespresso' | 'crema',
  declared: BoxConventionName | null,
  signal?: AbortSignal,
): Promise<Scan> {
  const boxes: Four[] = []
  let said = declared
  let rows = 0
  for await (const { value } of readRows(path, file, signal)) {
    rows += 1
    const isLooked = rows <= EVERY_ROW_UNTIL || rows % LATER_STEP === 0
    if (format === 'crema' || value === null || !isLooked || boxes.length >= MAX_BOXES) continue
    said ??= declaredIn(value)
    const { evidence } = nameFields(value).values
    if (typeof evidence !== 'string') continue
    for (const segment of readTaggedText(evidence.slice(0, 20_000)).segments)
      if (segment.kind === 'mention') boxes.push(...segment.list.boxes)
  }
  return { rows, detection: detectConvention(boxes, said) }
}
