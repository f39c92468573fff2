import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { HelpKey } from '@/components/project/help-key'
import { Providers } from '@/components/ui/providers'
import { readTheme, THEME_COOKIE } from '@/core/theme'

export const metadata: Metadata = {
  title: { default: 'Crema', template: '%s · Crema' },
  description: 'Check every frame, box and sentence of your reasoning data.',
  icons: { icon: '/favicon.svg' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { colorScheme: 'dark light' }

/** Reading the theme from its cookie here means that the first byte already has the right colours. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <head>{theme === 'system' ? <script src="/theme.js" nonce={nonce} suppressHydrationWarning /> : null}</head>
      <body>
        <Providers nonce={nonce}>
          {children}
          <HelpKey />
        </Providers>
      </body>
    </html>
  )
}
