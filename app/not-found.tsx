import { SearchX } from 'lucide-react'
import { ProblemPage } from '@/components/project/problem-page'
import { ButtonLink } from '@/components/ui/button-link'

export default function NotFound() {
  return (
    <ProblemPage
      icon={<SearchX size={20} strokeWidth={1.5} aria-hidden />}
      title="There is nothing here"
      actions={<ButtonLink href="/?all">Your projects</ButtonLink>}
    >
      The address is wrong, or it belongs to a project you are not a member of. If somebody sent you the link, ask them to invite you.
    </ProblemPage>
  )
}
