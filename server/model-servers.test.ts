import { expect, test } from 'vitest'
import { modelServersSchema } from './model-servers'

test('names and addresses, with spaces and trailing slashes as people write them', () => {
  expect(modelServersSchema.parse('local=http://127.0.0.1:8000/v1/, gpu-2 = https://gpu.example.org/v1 ,')).toEqual([
    { name: 'local', url: 'http://127.0.0.1:8000/v1' },
    { name: 'gpu-2', url: 'https://gpu.example.org/v1' },
  ])
})

test.each([undefined, '', ' ', ','])('%j names no server', (text) => {
  expect(modelServersSchema.parse(text)).toEqual([])
})

test.each([
  'local',
  'local=',
  '=http://127.0.0.1',
  'Local=http://127.0.0.1',
  'a b=http://127.0.0.1',
  'local=ftp://host/v1',
  'local=file:///etc/passwd',
  'local=http://user:secret@host/v1',
  'local=http://host/v1?key=secret',
  'local=http://host/v1#x',
  'local=http://host one',
  `${'x'.repeat(33)}=http://host`,
  'local=http://one,local=http://two',
])('%j is refused', (text) => {
  expect(modelServersSchema.safeParse(text).success).toBe(false)
})
