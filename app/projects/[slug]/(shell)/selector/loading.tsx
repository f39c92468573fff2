import { LinesLoading } from '@/components/project/lines-loading'

export default function Loading() {
  return <LinesLoading lineHeight={28} />
}
