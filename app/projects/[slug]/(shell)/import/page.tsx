import type { Metadata } from 'next'
import { ImportScreen } from '@/components/dataset/import-screen'
import { QueryProvider } from '@/components/ui/query-provider'
import { projectOfPage } from '@/server/page-access'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project } = await projectOfPage((await params).slug, 'import.run')
  return (
    <QueryProvider>
      <ImportScreen projectId={project.id} slug={project.slug} />
    </QueryProvider>
  )
}
