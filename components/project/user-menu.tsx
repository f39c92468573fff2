'use client'

import { LogOut, Monitor, Moon, Sun } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Trigger } from '@/components/ui/late'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import type { Theme } from '@/core/theme'
import { signOut } from '@/server/actions/sign-out'
import { THEME_NAMES, useTheme } from './theme-choice'

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const
const CHOICES: readonly { value: Theme; label: string; icon: ReactElement }[] = [
  { value: 'dark', label: THEME_NAMES.dark, icon: <Moon {...ICON} /> },
  { value: 'light', label: THEME_NAMES.light, icon: <Sun {...ICON} /> },
  { value: 'system', label: THEME_NAMES.system, icon: <Monitor {...ICON} /> },
]

/** Theme and sign-out; `trigger` is the element that opens it. */
export function UserMenu({ trigger, side = 'top' }: { trigger: Trigger; side?: 'top' | 'bottom' }) {
  const [theme, setTheme] = useTheme()
  const toast = useToast()

  async function leave() {
    const answer = await signOut({})
    if (answer.ok) window.location.replace('/sign-in')
    else toast({ tone: 'bad', title: 'Not signed out', text: answer.error.message })
  }

  return (
    <Menu trigger={trigger} side={side} align="end">
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme} onChange={setTheme} choices={CHOICES} />
      <MenuSeparator />
      <MenuItem icon={<LogOut {...ICON} />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
