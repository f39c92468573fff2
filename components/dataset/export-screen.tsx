'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, PackageOpen, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { getJson } from '@/browser/api'
import { formatBytes, formatCount, leftAt } from '@/components/project/numbers'
import { usePace } from '@/components/project/use-pace'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-style'
import { EmptyState } from '@/components/ui/empty-state'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { useToast } from '@/components/ui/toast'
import { type ExportStatus, exportListSchema } from '@/core/formats/job-status'
import { startExport } from '@/server/actions/start-export'

type Format = 'crema' | 'videoespresso'
type Which = 'approved' | 'all'

const POLL_MS = 1000
const isRunning = (item: ExportStatus) => item.state === 'waiting' || item.state === 'running'

const COLUMNS: readonly TableColumn[] = [
  { key: 'started', label: 'Started', className: 'w-44 px-4' },
  { key: 'format', label: 'Format', className: 'w-44 px-2' },
  { key: 'samples', label: 'Samples', align: 'right', className: 'w-28 px-2' },
  { key: 'size', label: 'Size', align: 'right', className: 'w-28 px-2' },
  { key: 'manifest', label: 'Manifest', className: 'px-2' },
  { key: 'download', label: 'Download', align: 'right', isHidden: true, className: 'w-40 px-4' },
]

/** Make an export, watch it, take it away. Two exports of the same state are the same bytes, and the hash shows it. */
export function ExportScreen({
  projectId,
  canExport,
  approvedCount,
  totalCount,
}: {
  projectId: string
  canExport: boolean
  approvedCount: number
  totalCount: number
}) {
  const [format, setFormat] = useState<Format>('videoespresso')
  const [which, setWhich] = useState<Which>('approved')
  const toast = useToast()
  const cache = useQueryClient()
  const key = ['exports', projectId]
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson(`/api/projects/${projectId}/exports`, exportListSchema, { signal }),
    refetchInterval: (query) => (query.state.data?.exports.some(isRunning) ? POLL_MS : false),
  })
  const start = useMutation({
    mutationFn: async () => {
      const result = await startExport({ projectId, format, options: { state: which, boxes: null } })
      if (!result.ok) throw new Error(result.error.message)
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
    onError: (error) => toast({ tone: 'bad', title: 'The export did not start', text: error.message }),
  })
  const count = which === 'approved' ? approvedCount : totalCount
  const canStart = canExport && count > 0 && !start.isPending

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-5">
      <section className="flex flex-none flex-wrap items-end gap-4 rounded-4 border border-line bg-panel p-4">
        <div className="flex flex-col gap-1">
          <span className="text-11 text-fg-3">Format</span>
          <Select
            label="Format"
            value={format}
            onChange={setFormat}
            choices={[
              { value: 'videoespresso', label: 'VideoEspresso JSON' },
              { value: 'crema', label: 'Crema JSONL', note: 'nothing lost' },
            ]}
            className="w-56"
          />
        </div>
        <div className="flex flex-col gap-1">
          <span className="text-11 text-fg-3">Samples</span>
          <Select
            label="Samples"
            value={which}
            onChange={setWhich}
            choices={[
              { value: 'approved', label: 'Approved and fixed', note: formatCount(approvedCount) },
              { value: 'all', label: 'All, whatever their state', note: formatCount(totalCount) },
            ]}
            className="w-64"
          />
        </div>
        <p className="min-w-0 flex-1 text-fg-3">
          Holds the annotations, a still of every core frame with its sha256, and a manifest with counts and hashes. The same state gives
          the same bytes.
        </p>
        <Button
          variant="primary"
          aria-disabled={!canStart}
          title={
            !canExport
              ? 'Your role cannot export. Ask a curator.'
              : count === 0
                ? 'No sample is approved yet. Review one first.'
                : undefined
          }
          onClick={() => canStart && start.mutate()}
        >
          {count === 0 ? 'Nothing to export yet' : `Export ${formatCount(count)} ${count === 1 ? 'sample' : 'samples'}`}
        </Button>
      </section>
      <ExportList projectId={projectId} exports={list.data?.exports} error={list.error} />
    </div>
  )
}

function ExportList({
  projectId,
  exports,
  error,
}: {
  projectId: string
  exports: readonly ExportStatus[] | undefined
  error: Error | null
}) {
  if (error) {
    return (
      <EmptyState tone="bad" icon={<TriangleAlert size={20} strokeWidth={1.5} />} title="The exports cannot be listed">
        {error.message}
      </EmptyState>
    )
  }
  if (!exports) return <Skeleton className="h-40 w-full" />
  if (exports.length === 0) {
    return (
      <EmptyState icon={<PackageOpen size={20} strokeWidth={1.5} />} title="No export yet" className="mt-6 self-center">
        Approve samples, then export them here. The command line does the same: crema export.
      </EmptyState>
    )
  }
  return (
    <section className="overflow-hidden rounded-4 border border-line bg-panel">
      <table className="w-full table-fixed border-collapse text-left">
        <TableHead columns={COLUMNS} line="h-7" className="bg-app" />
        <tbody>
          {exports.map((item) => (
            <tr key={item.id} className="h-10 border-line border-b last:border-b-0">
              <td className="truncate px-4 tabular-nums">
                {new Date(item.createdAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
              </td>
              <td className="truncate px-2">{item.format === 'crema' ? 'Crema JSONL' : 'VideoEspresso JSON'}</td>
              <td className="px-2 text-right tabular-nums">{formatCount(item.report?.samples ?? item.rowsDone)}</td>
              <td className="px-2 text-right tabular-nums">{item.report?.archive ? formatBytes(item.report.archive.bytes) : '–'}</td>
              <td className="truncate px-2 font-mono text-11 text-fg-2" title={manifestHash(item)}>
                {item.state === 'failed' ? (
                  <span className="font-sans text-bad">{item.errorMessage}</span>
                ) : (
                  (manifestHash(item)?.slice(0, 16) ?? '')
                )}
              </td>
              <td className="px-4 text-right">
                {item.state === 'done' ? (
                  <a
                    className={buttonClass('default', 'sm', false)}
                    href={`/api/projects/${projectId}/exports/${item.id}/download`}
                    download
                  >
                    <Download size={14} strokeWidth={1.5} aria-hidden /> Download
                  </a>
                ) : isRunning(item) ? (
                  <ExportProgress item={item} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The hash that stands for the whole export: the manifest names every other file with its own. */
function manifestHash(item: ExportStatus): string | undefined {
  return item.report?.files.find((file) => file.path === 'manifest.json')?.sha256
}

function ExportProgress({ item: { state, rowsDone, rowsTotal } }: { item: ExportStatus }) {
  const pace = usePace(rowsDone)
  const words =
    state === 'waiting'
      ? 'Waits for a worker'
      : rowsTotal === null
        ? 'Counts the samples'
        : `${Math.floor((rowsDone / Math.max(1, rowsTotal)) * 100)} %${leftAt(pace, rowsDone, rowsTotal)}`
  return (
    <span className="flex flex-col gap-1">
      <span role="status" className="num truncate text-11 text-fg-3">
        {words}
      </span>
      <ProgressBar value={rowsTotal ? rowsDone / rowsTotal : null} label="Export" />
    </span>
  )
}
