import { SearchX } from 'lucide-react'
import { ProblemPage } from '@/components/project/problem-page'
import { buttonClass } from '@/components/ui/button-style'

export default function NotFound() {
  return (
    <ProblemPage
      icon={<SearchX size={20} strokeWidth={1.5} aria-hidden />}
      title="There is nothing here"
      // A plain link: every page carries this one, so it brings no script of its own.
      actions={
        <a href="/?all" className={buttonClass('default', 'md', false)}>
          Your projects
        </a>
      }
    >
      The address is wrong, or it belongs to a project you are not a member of. If somebody sent you the link, ask them to invite you.
    </ProblemPage>
  )
}
