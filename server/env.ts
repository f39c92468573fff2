/**
 * All settings, parsed once. A bad value stops the start and names itself (design §7); nothing else reads `process.env`
 * for settings of ours.
 */
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { modelServersSchema } from './model-servers'
import { s3SettingsOf } from './storage/s3-settings'

const GIB = 1024 ** 3

const isUrl = (value: string, protocols: readonly string[]) => URL.canParse(value) && protocols.includes(new URL(value).protocol)

/** An empty variable counts as unset, as in most shells' idioms. */
const setting = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema)
const wholeNumber = (min: number, max: number, fallback: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return setting(z.coerce.number({ error }).int(error).min(min, error).max(max, error).default(fallback))
}

const onOff = z.enum(['on', 'off'], 'must be on or off')

/** A service is named by its host alone: a path, a query or a password in it would be signed wrongly or end up in a log. */
const isServiceAddress = (value: string) => {
  if (!isUrl(value, ['http:', 'https:'])) return false
  const { pathname, search, hash, username, password } = new URL(value)
  return pathname === '/' && `${search}${hash}${username}${password}` === ''
}

const settingsSchema = z.object({
  PORT: wholeNumber(1, 65535, 3000),
  HOST: setting(
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or an address')
      .default('127.0.0.1'),
  ),
  CREMA_URL: setting(
    z
      .string()
      .refine((value) => isUrl(value, ['http:', 'https:']), 'must be an http or https address')
      .optional(),
  ),
  CREMA_DATA: setting(z.string().default('.data')),
  DATABASE_URL: setting(
    z
      .string()
      .refine((value) => isUrl(value, ['postgresql:', 'postgres:']), 'must begin with postgresql://')
      .optional(),
  ),
  NODE_ENV: setting(z.enum(['production', 'development', 'test']).default('development')),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')),
  CREMA_MAX_UPLOAD_BYTES: wholeNumber(1, 1024 * GIB, 20 * GIB),
  CREMA_MODEL_SERVERS: setting(modelServersSchema),
  CREMA_MEDIA_TIMEOUT_MS: wholeNumber(1000, 86_400_000, 600_000),
  CREMA_MEDIA_MEMORY_MB: wholeNumber(128, 1_048_576, 2048),
  CREMA_MEDIA_MAX_PIXELS: wholeNumber(4096, 1_000_000_000, 67_108_864),
  CREMA_STAGE_CONCURRENCY: wholeNumber(1, 64, 2),
  CREMA_JOB_HEARTBEAT_SEC: wholeNumber(10, 600, 20),
  S3_BUCKET: setting(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket: 3 to 63 small letters, digits, dots and dashes')
      .optional(),
  ),
  S3_ENDPOINT: setting(z.string().refine(isServiceAddress, 'must be an http or https address without a path').optional()),
  S3_REGION: setting(
    z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/, 'must be a region such as eu-central-1')
      .default('us-east-1'),
  ),
  S3_ACCESS_KEY_ID: setting(z.string().optional()),
  S3_SECRET_ACCESS_KEY: setting(z.string().optional()),
  S3_FORCE_PATH_STYLE: setting(onOff.optional()),
  S3_PREFIX: setting(
    z
      .string()
      .regex(/^\/?\w[\w.-]*(\/\w[\w.-]*)*\/?$/, 'must be folder names of letters, digits, dots and dashes')
      .max(200, 'must not be longer than 200 characters')
      .optional(),
  ),
  S3_PRESIGN: setting(onOff.default('off')),
  S3_CACHE_BYTES: wholeNumber(GIB, 1024 * GIB, 20 * GIB),
})

/** Host as it stands in a link: an address for "any" cannot be opened, IPv6 needs brackets. */
function linkHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Throws AppError bad_setting naming the first bad variable. */
export function readSettings(source: Readonly<Record<string, string | undefined>>) {
  const parsed = settingsSchema.safeParse(source)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? 'setting')
    throw new AppError('bad_setting', `The setting ${name} has a bad value: ${issue?.message ?? 'it did not parse'}.`, { setting: name })
  }
  const settings = parsed.data
  return {
    port: settings.PORT,
    host: settings.HOST,
    /** Address that people open, without a trailing slash. Links and the Origin check use it. */
    baseUrl: (settings.CREMA_URL ?? `http://${linkHost(settings.HOST)}:${settings.PORT}`).replace(/\/+$/, ''),
    /** Absolute folder of blobs, the embedded database and secrets. */
    dataDir: path.resolve(/* turbopackIgnore: true */ process.cwd(), settings.CREMA_DATA),
    /**
     * Read at the moment of use, because the command line starts a database of its own only for commands that need one.
     * Throws bad_setting where no database was given.
     */
    get databaseUrl(): string {
      if (source.DATABASE_URL) return source.DATABASE_URL
      throw new AppError(
        'bad_setting',
        'The setting DATABASE_URL is missing. `npm start` brings a database of its own; other processes need it set.',
        { setting: 'DATABASE_URL' },
      )
    },
    isProduction: settings.NODE_ENV === 'production',
    logLevel: settings.LOG_LEVEL,
    /** Silence after which a worker counts as dead, and its jobs are handed out again. */
    jobHeartbeatSec: settings.CREMA_JOB_HEARTBEAT_SEC,
    /** Tasks of one stage that a worker has in hand at once, where the stage waits for a model. */
    stageConcurrency: settings.CREMA_STAGE_CONCURRENCY,
    maxUploadBytes: settings.CREMA_MAX_UPLOAD_BYTES,
    /** Servers of models by name, without their keys: only the worker knows those (`worker/models/provider-settings.ts`). */
    modelServers: settings.CREMA_MODEL_SERVERS,
    media: {
      timeoutMs: settings.CREMA_MEDIA_TIMEOUT_MS,
      maxMemoryMb: settings.CREMA_MEDIA_MEMORY_MB,
      maxPixels: settings.CREMA_MEDIA_MAX_PIXELS,
    },
    /** The bucket that holds the files, or null where they lie in the data folder. */
    s3: s3SettingsOf(settings),
  }
}

export const env = readSettings(process.env)
