import { afterAll, describe, expect, it } from 'vitest'
import { stopMedia } from '@/server/media/media-client'
import { putBlob } from '@/server/storage'
import { run as runExportJob } from '@/worker/run-export'
import { run as runImportJob } from '@/worker/run-import'
import { db } from '../db'
import { getExport } from '../queries/get-export'
import { getImport } from '../queries/get-import'
import { benchmarkRow, testProject } from './import-for-tests'
import { trackImport } from './track-import'

afterAll(() => stopMedia())

const never = new AbortController().signal

async function makeImport(rows: unknown, changes: { isDryRun?: boolean; format?: string } = {}) {
  const projectId = await testProject()
  const { sha256, bytes } = await putBlob(Buffer.from(typeof rows === 'string' ? rows : JSON.stringify(rows)))
  const row = await db.import.create({
    data: { projectId, format: 'videoespresso', files: [{ name: 'rows.json', sha256, bytes }], ...changes },
  })
  return { projectId, id: row.id }
}

const many = (count: number) => Array.from({ length: count }, (_, i) => benchmarkRow({ id: `r${i}` }))

describe('an import job', () => {
  it('ends with its report, and run again does nothing', async () => {
    const { projectId, id } = await makeImport(many(3))
    await runImportJob(id, never)
    const status = await getImport(projectId, id)
    expect(status).toMatchObject({ state: 'done', rowsDone: 3, rowsTotal: 3, errorMessage: null, report: { imported: 3 } })
    await runImportJob(id, never)
    expect(await getImport(projectId, id)).toEqual(status)
    expect(await db.auditEvent.count({ where: { scope: projectId, action: 'import.done' } })).toBe(1)
  })

  it('fails in words on a broken file', async () => {
    const { projectId, id } = await makeImport('[{"question":')
    await expect(runImportJob(id, never)).rejects.toMatchObject({ code: 'bad_file' })
    expect(await getImport(projectId, id)).toMatchObject({
      state: 'failed',
      errorMessage: expect.stringContaining('rows.json'),
      report: null,
    })
  })

  it('killed between two batches goes on where it was, without doubles', async () => {
    const { projectId, id } = await makeImport(many(450))
    const stop = new AbortController()
    const first = trackImport(id, stop.signal, async (row, hooks) => {
      const { runImport } = await import('./run-import')
      const { openProjectMedia } = await import('./project-media')
      const { localBlob } = await import('../storage')
      const [file] = row.files as { name: string; sha256: string }[]
      if (file === undefined) throw new Error('no file')
      const request = {
        projectId,
        userId: null,
        format: 'videoespresso' as const,
        files: [{ ...file, path: await localBlob(file.sha256) }],
        media: await openProjectMedia(projectId, [], false),
        boxes: null,
        isDryRun: false,
      }
      return runImport(request, { ...hooks, onProgress: () => stop.abort(new Error('killed')) })
    })
    await expect(first).rejects.toThrow('killed')
    const half = await db.sample.count({ where: { projectId } })
    expect(half).toBeGreaterThan(0)
    expect(half).toBeLessThan(450)
    expect(await getImport(projectId, id)).toMatchObject({ state: 'running' })
    await runImportJob(id, never)
    expect(await db.sample.count({ where: { projectId } })).toBe(450)
    expect(await getImport(projectId, id)).toMatchObject({ state: 'done', report: { total: 450, imported: 450 - half, unchanged: half } })
  })

  it('cancelled before it began does nothing', async () => {
    const { projectId, id } = await makeImport(many(2))
    await db.import.update({ where: { id }, data: { state: 'cancelled' } })
    await runImportJob(id, never)
    expect(await db.sample.count({ where: { projectId } })).toBe(0)
  })

  it('is found only through its own project', async () => {
    const { id } = await makeImport([])
    await expect(getImport(await testProject(), id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getImport(await testProject(), 'nonsense')).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('an export job ends with one stored zip, the same for the same state', async () => {
  const { projectId, id } = await makeImport(many(2))
  await runImportJob(id, never)
  const make = async () => {
    const row = await db.export.create({ data: { projectId, format: 'crema', options: { state: 'all' } } })
    await runExportJob(row.id, never)
    return getExport(projectId, row.id)
  }
  const [a, b] = [await make(), await make()]
  expect(a).toMatchObject({
    state: 'done',
    report: { samples: 2, fileCount: 2, archive: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  })
  expect(b.report).toEqual(a.report)
})
