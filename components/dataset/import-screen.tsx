'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { getJson } from '@/browser/api'
import { createUploader } from '@/browser/uploader'
import { formatCount } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-style'
import { Skeleton } from '@/components/ui/skeleton'
import { useToast } from '@/components/ui/toast'
import { type ImportStatus, importStatusSchema } from '@/core/formats/job-status'
import { cancelImport } from '@/server/actions/cancel-import'
import { startImport } from '@/server/actions/start-import'
import { DropZone } from './drop-zone'
import { ImportProgress } from './import-progress'
import { ImportSteps } from './import-steps'
import { ImportSummary, TaskShares } from './import-summary'
import { ProblemTable } from './problem-table'
import { UploadCards } from './upload-cards'

const POLL_MS = 700
const isOver = (status: ImportStatus | undefined) => status !== undefined && ['done', 'failed', 'cancelled'].includes(status.state)

/** Files → preview → import, on one page. Uploads go on while the preview is read; nothing is written before Import. */
export function ImportScreen({ projectId, slug }: { projectId: string; slug: string }) {
  const [uploader] = useState(() => createUploader(projectId))
  const uploads = useStore(uploader.store)
  const toast = useToast()
  const [checkId, setCheckId] = useState<string | null>(null)
  const [importId, setImportId] = useState<string | null>(null)
  const check = useImportStatus(projectId, checkId)
  const run = useImportStatus(projectId, importId)
  const checked = check.data
  const imported = run.data
  const lost = run.error ?? check.error

  const annotations = uploads.items.filter((item) => item.purpose === 'annotations')
  const isReady = annotations.length > 0 && uploads.items.every((item) => item.state === 'done')
  const uploadIds = uploads.items.flatMap((item) => (item.uploadId === null ? [] : [item.uploadId]))

  const start = useMutation({
    mutationFn: async (isDryRun: boolean) => {
      const format = annotations.some((item) => /\.(jsonl|ndjson)$/i.test(item.name)) ? 'crema' : 'videoespresso'
      const result = await startImport({ projectId, format, uploadIds, isDryRun, options: {} })
      if (!result.ok) throw new Error(result.error.message)
      return { isDryRun, importId: result.data.importId }
    },
    onSuccess: (started) => (started.isDryRun ? setCheckId(started.importId) : setImportId(started.importId)),
    onError: (error) => toast({ tone: 'bad', title: 'The import did not start', text: error.message }),
  })
  useRegularCheck(isReady ? uploadIds.join() : '', () => start.mutate(true))

  const shown = imported ?? checked
  const report = shown?.report ?? null
  const step = importId !== null ? 'import' : checkId !== null ? 'preview' : 'files'
  const canImport = step === 'preview' && checked?.state === 'done' && (checked.report?.imported ?? 0) > 0
  const isImported = imported?.state === 'done'

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canImport && !start.isPending) start.mutate(false)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [canImport, start])

  return (
    <>
      <PageHead title="Import" note={<ImportSteps current={step} isDone={isImported} />}>
        {report ? (
          <a
            className={buttonClass('default', 'md', false)}
            href={`/api/projects/${projectId}/imports/${shown?.id}`}
            download={`import-${shown?.id}.json`}
          >
            Download the report
          </a>
        ) : null}
        {isImported ? (
          <Link className={buttonClass('primary', 'md', false)} href={`/projects/${slug}/review`}>
            Review the samples
          </Link>
        ) : (
          <Button
            variant="primary"
            shortcut="Ctrl+Enter"
            aria-disabled={!canImport || start.isPending}
            title={canImport ? undefined : 'Add an annotation file first; the preview shows what would be imported.'}
            onClick={() => canImport && !start.isPending && start.mutate(false)}
          >
            {canImport ? `Import ${formatCount(checked?.report?.imported ?? 0)} good rows` : 'Import'}
          </Button>
        )}
      </PageHead>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-5">
        {uploads.items.length === 0 ? (
          <DropZone isLarge onPick={(files) => uploader.add(files)} />
        ) : (
          <div className="grid flex-none grid-cols-[repeat(auto-fill,minmax(300px,1fr))] gap-4">
            <UploadCards state={uploads} uploader={uploader} />
            <DropZone isLarge={false} onPick={(files) => uploader.add(files)} />
          </div>
        )}
        {uploads.refused.length > 0 ? (
          <p role="status" className="text-warn">
            {`Left out, not a kind of file an import uses: ${uploads.refused.slice(0, 5).join(', ')}${uploads.refused.length > 5 ? ` and ${uploads.refused.length - 5} more` : ''}`}
          </p>
        ) : null}
        {uploads.items.length > 0 && annotations.length === 0 ? (
          <p className="text-fg-2">
            Clips are kept in the project as they arrive. Add the annotation file that names them to see a preview.
          </p>
        ) : null}
        {lost !== null ? (
          <p role="alert" className="text-bad">
            {lost.message}
          </p>
        ) : null}
        {check.isLoading || run.isLoading ? <Skeleton className="h-24 w-full" /> : null}
        {shown && !isOver(shown) ? (
          <ImportProgress status={shown} {...(importId === null ? {} : { onCancel: () => void cancelImport({ projectId, importId }) })} />
        ) : null}
        {shown && (shown.state === 'failed' || shown.state === 'cancelled') ? (
          <p role="alert" className="rounded-4 border border-line bg-panel p-4 text-bad">
            {shown.errorMessage ?? 'Cancelled. What was imported up to here stays, a second import goes on with the rest.'}
          </p>
        ) : null}
        {report && isOver(shown) && shown?.state === 'done' ? (
          <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_304px] gap-4">
            <ProblemTable
              errors={report.errors}
              errorCount={report.errorCount}
              warnings={report.warnings}
              warningCount={report.warningCount}
              missingMedia={report.missingMedia}
            />
            <div className="flex min-w-0 flex-col gap-4">
              <ImportSummary report={report} isDone={isImported} />
              <TaskShares perTask={report.perTask} />
            </div>
          </div>
        ) : null}
      </div>
    </>
  )
}

function useImportStatus(projectId: string, id: string | null) {
  return useQuery({
    queryKey: ['import', projectId, id],
    enabled: id !== null,
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/imports/${id}`, importStatusSchema, { signal }),
    refetchInterval: (running) => (isOver(running.state.data) ? false : POLL_MS),
  })
}

/** Runs `check` once for each new set of finished uploads: adding a clip checks again by itself. */
function useRegularCheck(key: string, check: () => void) {
  const last = useRef('')
  useEffect(() => {
    if (key === '' || key === last.current) return
    last.current = key
    check()
  })
}
