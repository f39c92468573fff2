/** Videos of a folder: each one that a row names is registered in the project once, then answered from memory. */
import { registeredVideo } from './known-video'
import type { MediaFolder } from './media-folder'
import type { MediaSource, VideoAnswer } from './media-source'

type Options = {
  readonly projectId: string
  readonly folder: MediaFolder
  /** What the project holds already; asked first for a content named by its sha256, and last for a name not in the folder. */
  readonly project: MediaSource
  readonly isDryRun: boolean
}

export function openFolderMedia({ projectId, folder, project, isDryRun }: Options): MediaSource {
  const answers = new Map<string, Promise<VideoAnswer>>()

  return {
    async findVideo(path, identity) {
      if (identity?.sha256 != null) {
        const held = await project.findVideo(null, identity)
        if (held.kind === 'found') return held
      }
      if (path === null) return { kind: 'missing' }
      const file = folder.find(path, 'video')
      if (file === null) return project.findVideo(path, identity)
      if (isDryRun) {
        const held = await project.findVideo(path, identity)
        return held.kind === 'found' ? held : { kind: 'unread' }
      }
      let answer = answers.get(file.absolute)
      if (answer === undefined) {
        answer = registeredVideo({ projectId, path: file.absolute, name: file.relative })
        answers.set(file.absolute, answer)
      }
      return answer
    },
    async findStill(path) {
      return folder.find(path, 'image')?.absolute ?? null
    },
  }
}
