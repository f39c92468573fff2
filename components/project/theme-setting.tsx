'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { Segmented } from '@/components/ui/segmented'
import type { Theme } from '@/core/theme'
import { THEME_NAMES, useTheme } from './theme-choice'

const ICON = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const
const CHOICES: readonly { value: Theme; label: React.ReactNode }[] = [
  { value: 'dark', label: [<Moon key="icon" {...ICON} />, THEME_NAMES.dark] },
  { value: 'light', label: [<Sun key="icon" {...ICON} />, THEME_NAMES.light] },
  { value: 'system', label: [<Monitor key="icon" {...ICON} />, THEME_NAMES.system] },
]

export function ThemeSetting() {
  const [theme, setTheme] = useTheme()
  return <Segmented label="Theme" value={theme} onChange={setTheme} choices={CHOICES} />
}
