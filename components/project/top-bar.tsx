import Link from 'next/link'
import { Logo } from '@/components/ui/logo'
import { TopUser } from './top-user'

/** Bar of pages outside of a project. */
export function TopBar({ viewer }: { viewer: { userId: string; name: string } }) {
  return (
    <header className="flex h-(--h-bar) flex-none items-center gap-2 border-line border-b bg-app px-5">
      <Link href="/?all" aria-label="Crema, all projects" className="flex rounded-2">
        <Logo />
      </Link>
      <span className="flex-1" />
      <Link href="/keyboard" className="rounded-2 px-2 py-1 font-medium text-fg-2 hover:bg-hover hover:text-fg">
        Keyboard and help
      </Link>
      <TopUser userId={viewer.userId} name={viewer.name} />
    </header>
  )
}
