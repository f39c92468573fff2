import { describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { isDatabaseGone } from './database-errors'

/** As Prisma's client throws them; recorded while a server was killed, stopped and started again. */
const prismaError = (code: string, cause: object | null) =>
  Object.assign(new Error('Database error.'), { code, ...(cause === null ? {} : { meta: { driverAdapterError: { cause } } }) })

describe('isDatabaseGone', () => {
  it.each([
    ['killed', prismaError('P2039', { kind: 'postgres', code: '57P01', severity: 'FATAL' })],
    ['crashed', prismaError('P2010', { kind: 'postgres', code: '57P02', severity: 'FATAL' })],
    ['starting, stopping or recovering', prismaError('P2039', { kind: 'postgres', code: '57P03', severity: 'FATAL' })],
    ['full of connections', prismaError('P2037', { kind: 'TooManyConnections', cause: 'too many clients' })],
    ['a connection that was cut', prismaError('P2010', { kind: 'postgres', code: '08006', severity: 'FATAL' })],
    ['tired of a transaction that stood still', prismaError('P2010', { kind: 'postgres', code: '25P03', severity: 'FATAL' })],
    ['not there', prismaError('P2010', { kind: 'DatabaseNotReachable', host: '127.0.0.1', port: 5432 })],
    ['not there, in the words of the client', prismaError('P1001', null)],
    ['reset', prismaError('P2010', { kind: 'ConnectionClosed' })],
    ['lost with its transaction', prismaError('P2028', null)],
    ['gone between two statements', new Error('Client has encountered a connection error and is not queryable')],
    ['gone in the middle of an answer', new Error('Connection terminated unexpectedly')],
  ])('knows a server that is %s', (_name, error) => {
    expect(isDatabaseGone(error)).toBe(true)
  })

  it.each([
    ['a row that is there already', prismaError('P2002', { kind: 'UniqueConstraintViolation', code: '23505' })],
    ['a statement that is wrong', prismaError('P2010', { kind: 'postgres', code: '42703', severity: 'ERROR' })],
    ['a full disk', prismaError('P2039', { kind: 'postgres', code: '53100', severity: 'ERROR' })],
    ['a refusal of ours', new AppError('unavailable', 'The bucket does not answer.')],
    ['a defect', new TypeError('x is undefined')],
    ['no error at all', 'P1001'],
    ['nothing', null],
  ])('is not fooled by %s', (_name, error) => {
    expect(isDatabaseGone(error)).toBe(false)
  })
})
