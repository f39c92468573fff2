'use client'

import { useSyncExternalStore } from 'react'
import { readTheme, THEME_COOKIE, type Theme } from '@/core/theme'

const YEAR_SEC = 31_536_000
const CHANGED = 'crema-theme-changed'

function current(): Theme {
  const value = document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${THEME_COOKIE}=`))
    ?.slice(THEME_COOKIE.length + 1)
  return readTheme(value)
}

function resolved(theme: Theme): 'dark' | 'light' {
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
}

function choose(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on pages without https, such as a server in the local network
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SEC}; samesite=lax`
  document.documentElement.dataset.theme = resolved(theme)
  window.dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange)
  return () => window.removeEventListener(CHANGED, onChange)
}

/** The theme a person chose on this device, and a way to choose another; the change is seen at once. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, current, () => 'system' as const)
  return [theme, choose]
}

export const THEME_NAMES: Readonly<Record<Theme, string>> = { dark: 'Dark', light: 'Light', system: 'Like the system' }
