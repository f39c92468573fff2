import { describe, expect, it } from 'vitest'
import { readSettings } from '../env'
import { S3Bucket } from './s3-bucket'

const KEYS = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
const GIVEN = { S3_BUCKET: 'videos', ...KEYS }

const s3Of = (source: Record<string, string>) => readSettings(source).s3

describe('settings of a bucket', () => {
  it('are null where no bucket is named, empty variables included', () => {
    expect(s3Of({})).toBeNull()
    expect(s3Of({ S3_BUCKET: '', S3_ENDPOINT: '' })).toBeNull()
    expect(s3Of({ S3_PREFIX: 'left-over', S3_REGION: 'eu-west-1' })).toBeNull()
  })

  it('mean Amazon without an address, bucket before the host', () => {
    expect(s3Of({ ...GIVEN, S3_REGION: 'eu-central-1' })).toEqual({
      bucket: 'videos',
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      isPathStyle: false,
      prefix: '',
      isPresigned: false,
      cacheBytes: 20 * 1024 ** 3,
      origins: ['https://s3.eu-central-1.amazonaws.com', 'https://videos.s3.eu-central-1.amazonaws.com'],
      linkOrigin: 'https://videos.s3.eu-central-1.amazonaws.com',
    })
  })

  it('mean a compatible service with an address, bucket in the path', () => {
    const s3 = s3Of({ ...GIVEN, S3_ENDPOINT: 'http://minio:9000/', S3_PRESIGN: 'on' })
    expect(s3).toMatchObject({ endpoint: 'http://minio:9000', isPathStyle: true, isPresigned: true })
    expect(s3?.origins).toEqual(['http://minio:9000', 'http://videos.minio:9000'])
    expect(s3Of({ ...GIVEN, S3_ENDPOINT: 'http://minio:9000', S3_FORCE_PATH_STYLE: 'off' })?.isPathStyle).toBe(false)
    expect(s3Of({ ...GIVEN, S3_FORCE_PATH_STYLE: 'on' })?.isPathStyle).toBe(true)
  })

  it.each([
    ['Amazon', {}],
    ['a compatible service', { S3_ENDPOINT: 'http://minio:9000' }],
    ['a service with the bucket before its host', { S3_ENDPOINT: 'https://s3.example.org', S3_FORCE_PATH_STYLE: 'off' }],
    ['a bucket with dots, encrypted', { S3_BUCKET: 'my.videos', S3_ENDPOINT: 'https://s3.example.org', S3_FORCE_PATH_STYLE: 'off' }],
    ['a bucket with dots, in the clear', { S3_BUCKET: 'my.videos', S3_ENDPOINT: 'http://minio:9000', S3_FORCE_PATH_STYLE: 'off' }],
    ['an address in numbers', { S3_ENDPOINT: 'http://127.0.0.1:9000', S3_FORCE_PATH_STYLE: 'off' }],
    ['Amazon, in the path', { S3_FORCE_PATH_STYLE: 'on' }],
  ])('name where signed links lead: %s', async (_name, source) => {
    const s3 = s3Of({ ...GIVEN, ...source })
    if (s3 === null) return expect.unreachable()
    const link = await new S3Bucket(s3).link('ab/cd', { contentType: 'video/mp4', cacheControl: 'private' })
    expect(s3.linkOrigin).toBe(new URL(link).origin)
    expect(s3.origins).toContain(s3.linkOrigin)
  })

  it('name no host that cannot be', () => {
    expect(s3Of({ ...GIVEN, S3_ENDPOINT: 'http://127.0.0.1:9000' })?.origins).toEqual(['http://127.0.0.1:9000'])
  })

  it.each([
    ['crema', 'crema/'],
    ['/team/crema/', 'team/crema/'],
  ])('take the prefix %s as %s', (given, prefix) => {
    expect(s3Of({ ...GIVEN, S3_PREFIX: given })?.prefix).toBe(prefix)
  })

  it.each([
    ['S3_BUCKET', { S3_BUCKET: 'Big Bucket' }],
    ['S3_BUCKET', { S3_BUCKET: 'a/b' }],
    ['S3_BUCKET', { S3_ENDPOINT: 'http://minio:9000' }],
    ['S3_ENDPOINT', { ...GIVEN, S3_ENDPOINT: 'minio:9000' }],
    ['S3_ENDPOINT', { ...GIVEN, S3_ENDPOINT: 'http://minio:9000/bucket' }],
    ['S3_ENDPOINT', { ...GIVEN, S3_ENDPOINT: 'http://id:secret@minio:9000' }],
    ['S3_ENDPOINT', { ...GIVEN, S3_ENDPOINT: 'ftp://minio' }],
    ['S3_REGION', { ...GIVEN, S3_REGION: 'Frankfurt am Main' }],
    ['S3_ACCESS_KEY_ID', { S3_BUCKET: 'videos', S3_SECRET_ACCESS_KEY: 'secret' }],
    ['S3_SECRET_ACCESS_KEY', { S3_BUCKET: 'videos', S3_ACCESS_KEY_ID: 'id' }],
    ['S3_FORCE_PATH_STYLE', { ...GIVEN, S3_FORCE_PATH_STYLE: 'maybe' }],
    ['S3_PREFIX', { ...GIVEN, S3_PREFIX: '../other' }],
    ['S3_PREFIX', { ...GIVEN, S3_PREFIX: 'a//b' }],
    ['S3_PRESIGN', { ...GIVEN, S3_PRESIGN: 'yes' }],
    ['S3_CACHE_BYTES', { ...GIVEN, S3_CACHE_BYTES: '1000' }],
  ])('name %s when it is bad: %o', (setting, source) => {
    expect(() => s3Of(source)).toThrow(expect.objectContaining({ code: 'bad_setting', details: { setting } }))
  })

  it('never put the key into a message', () => {
    expect(() => s3Of({ ...KEYS, S3_BUCKET: 'x' })).toThrow(expect.not.objectContaining({ message: expect.stringContaining('secret') }))
  })
})
