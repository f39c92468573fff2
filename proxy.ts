/**
 * Security headers of pages. Nothing here decides who may see what: that is `viewerOf` and `requireProject`, close to the
 * data. Routes below /api get their headers in next.config.js, because a request that passes a proxy is buffered, and uploads
 * are large.
 */
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/server/env'

const NONCE_BYTES = 16

function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))))
}

/** `wasm-unsafe-eval`: the demuxer and ONNX run as WebAssembly. Konva and the stage set style attributes, hence style-src-attr. */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  // Where stills and videos come from by signed links, the bucket is named; scripts never come from there.
  const bucket = env.s3?.isPresigned ? ` ${env.s3.linkOrigin}` : ''
  // The development overlay evaluates code and brings style elements without a nonce.
  const script = `'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`
  const style = isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`
  return [
    "default-src 'self'",
    `script-src ${script}`,
    `style-src ${style}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' blob: data:${bucket}`,
    `media-src 'self' blob:${bucket}`,
    "font-src 'self'",
    `connect-src 'self'${bucket}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(makeNonce(), process.env.NODE_ENV === 'development')
  // Next takes the nonce for its own scripts out of the request's header.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  // Where the sign-in page leads back to; pages cannot see their own address otherwise.
  headers.set('x-crema-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: '/((?!api/|_next/static/|_next/webpack-hmr).*)' }
