/** Everything a stored video needs before it can be reviewed: index, poster, sprite sheet, browser copy. */

import { db } from '@/server/db'
import type { Prisma } from '@/server/generated/prisma/client'
import { localBlob, putBlob } from '@/server/storage'
import { decodeStills, type RgbPicture } from './decode-stills'
import { storeIndex } from './frame-tables'
import { type Inspection, inspectMedia } from './inspect-media'
import { makeProxy } from './make-proxy'
import { needsProxy } from './needs-proxy'
import { encodeSmall } from './picture-files'
import { makeSprite, posterIndex } from './sprite'

const POSTER_SIDE = 640

export type PreparedVideo = Prisma.VideoUpdateInput

const DONE = { state: 'done', errorCode: null, errorMessage: null } as const

/** What preparing fills in, and so what a twin with the same content hands over. */
const COLUMNS = {
  ...{ mediaType: true, codec: true, width: true, height: true, rotation: true, sarNum: true, sarDen: true },
  ...{ timeBaseNum: true, timeBaseDen: true, frameCount: true, durationSec: true, avgFps: true, isVfr: true, hasAudio: true },
  ...{ frameTableSha256: true, proxySha256: true, posterSha256: true, spriteSha256: true, sprite: true },
} as const satisfies Prisma.VideoSelect

/**
 * Columns of `Video` for a stored blob. Another project may hold the same content: then its results are taken over.
 * Throws what `inspectMedia` throws, and AppError storage_full.
 */
export async function prepareVideo(sha256: string, signal?: AbortSignal): Promise<PreparedVideo> {
  const twin = await db.video.findFirst({ where: { sha256, state: 'done' }, select: COLUMNS })
  if (twin !== null) {
    const { sprite, ...columns } = twin
    return { ...columns, ...(sprite === null ? {} : { sprite }), ...DONE }
  }
  const inspection = await inspectMedia(await localBlob(sha256), { withTiles: true, signal })
  const frameTableSha256 = await storeIndex(inspection.index)
  const pictures = await makePictures(await localBlob(sha256), inspection, signal)
  const proxySha256 = needsProxy(inspection.index) ? await makeProxy(await localBlob(sha256), inspection.index, signal) : null
  const { info } = inspection
  return {
    ...{ mediaType: info.mediaType, codec: info.codec, width: info.width, height: info.height, rotation: info.rotation },
    ...{ sarNum: info.sar[0], sarDen: info.sar[1], timeBaseNum: info.timeBase[0], timeBaseDen: info.timeBase[1] },
    ...{ frameCount: info.frameCount, durationSec: info.durationSec, avgFps: info.avgFps, isVfr: info.isVfr, hasAudio: info.hasAudio },
    ...{ frameTableSha256, proxySha256, ...pictures },
    ...DONE,
  }
}

async function makePictures(path: string, { index, tiles }: Inspection, signal: AbortSignal | undefined) {
  const sprite = await makeSprite(tiles)
  const spriteSha256 = sprite === null ? null : (await putBlob(sprite.image)).sha256
  const posters: string[] = []
  const storePoster = async (picture: RgbPicture) => {
    posters.push((await putBlob(await encodeSmall(picture, POSTER_SIDE))).sha256)
  }
  await decodeStills(path, index, [posterIndex(tiles)], storePoster, { signal })
  const posterSha256 = posters[0] ?? null
  return { spriteSha256, posterSha256, ...(sprite === null ? {} : { sprite: sprite.layout }) }
}
