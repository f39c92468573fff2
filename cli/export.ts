import { BOX_CONVENTIONS } from '@/core/formats/videoespresso/box-convention'
import { audit } from '@/server/audit'
import { db } from '@/server/db'
import { placeFolder } from '@/server/export/place-folder'
import { type ExportHooks, runExport } from '@/server/export/run-export'
import { defineCommand } from './arguments'
import { requireProject } from './project-option'

const count = (value: number) => value.toLocaleString('en')

export const command = defineCommand({
  summary: 'export samples with the stills of their core frames and a manifest of hashes',
  options: {
    project: { type: 'string', placeholder: 'NAME', summary: 'slug or name of the project', isRequired: true },
    format: { type: 'string', summary: 'format to write', choices: ['videoespresso', 'crema'], isRequired: true },
    out: { type: 'string', placeholder: 'DIR', summary: 'folder to make; an earlier export in its place is replaced', isRequired: true },
    state: { type: 'string', summary: 'which samples', choices: ['approved', 'all'], default: 'approved' },
    boxes: {
      type: 'string',
      summary: 'what the four numbers of a box shall mean; as in the source when not given',
      choices: BOX_CONVENTIONS,
    },
  },
  needsDatabase: true,
  async run(args, io) {
    const project = await requireProject(args.project)
    const choice = args.state === 'all' ? 'all' : 'approved'
    let shownAt = performance.now()
    const onProgress: ExportHooks['onProgress'] = ({ rowsDone, rowsTotal }) => {
      if (performance.now() - shownAt < 1000) return
      shownAt = performance.now()
      io.progress(`${count(rowsDone)} of ${count(rowsTotal)} samples`)
    }
    const out = io.path(args.out)
    const result = await placeFolder(out, (folder) =>
      runExport(
        { projectId: project.id, format: args.format, choice, boxes: args.boxes ?? null, folder },
        { signal: io.signal, onProgress },
      ),
    )
    const { samples, files, warnings } = result
    await db.$transaction((tx) =>
      audit(tx, { scope: project.id, actorId: null, action: 'export.done', facts: { format: args.format, samples, files: files.length } }),
    )
    const stills = files.filter((file) => file.path.startsWith('frames/')).length
    const text = [
      `${count(samples)} samples and ${count(stills)} stills written to ${out}`,
      ...files
        .filter((file) => !file.path.startsWith('frames/'))
        .map((file) => `  ${file.path}  ${count(file.bytes)} bytes  sha256 ${file.sha256}`),
      ...warnings.map((warning) => `  ${warning}`),
      ...(samples === 0 && choice === 'approved' ? ['No sample is approved yet; --state all exports every sample.'] : []),
    ].join('\n')
    io.result({ files, samples, warnings }, text)
  },
})
