import { z } from 'zod'

/** A record inside one sample's document: `question`, `answer`, `task`, or a prefixed id such as `f1`, `o2`, `b_9xk…`. */
export const recordIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/i)
  .brand('RecordId')
export type RecordId = z.infer<typeof recordIdSchema>

/** Database ids are UUIDs; parsing them at the door keeps malformed ones away from the database. */
export const projectIdSchema = z.uuid().brand('ProjectId')
export type ProjectId = z.infer<typeof projectIdSchema>
export const sampleIdSchema = z.uuid().brand('SampleId')
export type SampleId = z.infer<typeof sampleIdSchema>
export const videoIdSchema = z.uuid().brand('VideoId')
export type VideoId = z.infer<typeof videoIdSchema>
/** Made by the client before the first attempt to send, so that a repeated send is recognised. */
export const mutationIdSchema = z.uuid().brand('MutationId')
export type MutationId = z.infer<typeof mutationIdSchema>

/** Lower-case hex sha256 of a file's bytes. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Sha256')
export type Sha256 = z.infer<typeof sha256Schema>

/** 0-based position of a frame in presentation order, as FFmpeg presents it (edit lists honoured). */
export const frameIndexSchema = z.int().min(0).brand('FrameIndex')
export type FrameIndex = z.infer<typeof frameIndexSchema>
