/**
 * Story: threads need a page that is cut off from other sites, and stills and videos may come from another site, by links to a bucket that
 * says nothing of being embedded. Both have to work at once.
 */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import sharp from 'sharp'
import nextConfig from '../next.config.js'
import { importProject, trainRow } from './annotations'
import { expect, signIn, test } from './crema'
import { clipPath, clipSpec } from './fixtures/clips'
import { ReviewPage } from './review-page'
import { type S3Server, startS3Server } from './s3-server'

const CLIP = 'b-frames'
const EMBEDDER = 'cross-origin-embedder-policy'

test('every page may have threads, also one that was come to by a link, and so may their workers', async ({ page }) => {
  await signIn(page)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8)
  const script = await page.evaluate(() => Array.from(document.scripts, ({ src }) => src).find((src) => src.includes('/_next/static/')))
  // A worker whose script does not say the same is refused by the page.
  expect((await page.request.get(script ?? '')).headers()[EMBEDDER]).toBe('credentialless')
  await page.goto('/keyboard')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('the models of the selector run on threads, and are fetched once', async ({ page }) => {
  test.setTimeout(600_000)
  const project = importProject('threads', [trainRow('cfr-25', [10, 30], 'Why does the person stand beside the car?')], ['cfr-25'])
  const fetched: string[] = []
  page.on('request', (request) => {
    if (/\/api\/models\/[0-9a-f]{64}$/.test(request.url())) fetched.push(request.url())
  })
  await signIn(page)
  const review = new ReviewPage(page)
  const panel = page.getByRole('region', { name: 'Suggest core frames' })
  const suggest = async () => {
    await review.open(project, '?order=import')
    await review.press('c')
    await expect(panel.getByRole('list', { name: 'Proposed frames' })).toBeVisible({ timeout: 240_000 })
  }
  await suggest()
  const cores = await page.evaluate(() => navigator.hardwareConcurrency)
  await expect(panel).toContainText(cores === 1 ? '1 thread' : `${Math.min(8, cores)} threads`)
  expect(new Set(fetched).size).toBe(3)
  expect(fetched).toHaveLength(3)
  await suggest()
  expect(fetched).toHaveLength(3)
})

test.describe('with a bucket', () => {
  let bucket: S3Server
  let site: http.Server
  const links = new Map<string, string>()
  const headersOfPages = new Map<string, Record<string, string>>()

  test.beforeAll(async () => {
    bucket = await startS3Server('isolation')
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const { S3_ACCESS_KEY_ID: accessKeyId = '', S3_SECRET_ACCESS_KEY: secretAccessKey = '' } = bucket.environment
    const credentials = { accessKeyId, secretAccessKey }
    // Under another name than the page, so that it is another site and not only another port.
    const endpoint = bucket.url.replace('127.0.0.1', 'localhost')
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
    for (const [name, body, type] of [
      ['still', picture, 'image/png'],
      ['film', readFileSync(clipPath(clipSpec(CLIP))), 'video/mp4'],
    ] as const) {
      await client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: name, Body: body, ContentType: type }))
      links.set(`/${name}`, await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket.bucket, Key: name })))
    }
    const [everywhere] = (await nextConfig.headers?.()) ?? []
    const ours = Object.fromEntries((everywhere?.headers ?? []).map(({ key, value }) => [key.toLowerCase(), value]))
    headersOfPages.set('/page', ours).set('/strict', { ...ours, [EMBEDDER]: 'require-corp' })
    site = http.createServer((request, response) => {
      const link = links.get(request.url ?? '')
      const headers = headersOfPages.get(request.url ?? '')
      // As server/media/blob-response.ts answers where links are on.
      if (link !== undefined) response.writeHead(302, { location: link }).end()
      else if (headers !== undefined)
        response
          .writeHead(200, { ...headers, 'content-type': 'text/html' })
          .end('<!doctype html><link rel="icon" href="data:,"><title>page</title>')
      else response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  })
  test.afterAll(async () => {
    site.closeAllConnections()
    site.close()
    await bucket.stop()
  })

  const address = (name: string) => `http://127.0.0.1:${(site.address() as AddressInfo).port}${name}`

  /** Widths of what has arrived; null = refused. */
  const loadBoth = () => {
    const load = (element: HTMLImageElement | HTMLVideoElement, event: string, width: () => number) =>
      new Promise<number | null>((resolve) => {
        element.addEventListener(event, () => resolve(width()))
        element.addEventListener('error', () => resolve(null))
        document.body.append(element)
      })
    const picture = new Image()
    const film = document.createElement('video')
    const both = Promise.all([load(picture, 'load', () => picture.naturalWidth), load(film, 'loadeddata', () => film.videoWidth)])
    picture.src = '/still'
    film.muted = true
    film.preload = 'auto'
    film.src = '/film'
    return both
  }

  test('a page of ours has threads and shows stills and videos from there', async ({ page }) => {
    await page.goto(address('/page'))
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    const [still, film] = await page.evaluate(loadBoth)
    expect(still).toBe(40)
    expect(film).toBeGreaterThan(0)
    // They came from there, with nothing of the person in the request.
    const asked = bucket.seen.filter(({ method }) => method === 'GET')
    expect(new Set(asked.map(({ path: key }) => path.basename(key)))).toEqual(new Set(['still', 'film']))
    for (const { headers } of asked) expect(headers.cookie).toBeUndefined()
  })

  test('the stricter word would refuse them', async ({ page, expectedErrors }) => {
    expectedErrors.push(/ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep/)
    await page.goto(address('/strict'))
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    expect(await page.evaluate(loadBoth)).toEqual([null, null])
  })
})
