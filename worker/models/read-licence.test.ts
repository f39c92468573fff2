import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { licenceOf, readLicence } from './read-licence'

test.each([
  ['---\nlicense: mit\n---\n# Model', 'mit'],
  ['---\ntags:\n- clip\nlicense: "apache-2.0"\nlanguage: en\n---\n', 'apache-2.0'],
  ["---\r\nlicense: 'cc-by-4.0'\r\n---\r\n", 'cc-by-4.0'],
  ['\uFEFF---\nlicense: mit # checked\n---', 'mit'],
  ['---\nlicense:\n- apache-2.0\n- mit\n---\n', 'apache-2.0, mit'],
  ['---\nlicense: [apache-2.0, "mit"]\n---\n', 'apache-2.0, mit'],
  ['---\nlicense: other\nlicense_name: llama3\n---\n', 'llama3'],
  ['---\nlicense: other\n---\n', 'other'],
  [`---\nlicense: ${'x'.repeat(500)}\n---\n`, 'x'.repeat(200)],
  ['---\nlicense:\n---\n', null],
  ['---\nlicense_name: not this\n---\n', null],
  ['# Model\nlicense: mit\n', null],
  ['---\nlicense: mit\n', null],
  ['text\n---\nlicense: mit\n---\n', null],
  ['', null],
])('%j says %j', (readme, licence) => {
  expect(licenceOf(readme)).toBe(licence)
})

test('a folder without a README, with a folder of that name, or with one of endless length says nothing', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'crema-licence-'))
  try {
    expect(await readLicence(folder)).toBeNull()
    const file = path.join(folder, 'README.md')
    await writeFile(file, '---\nlicense: mit\n---\n')
    expect(await readLicence(folder)).toBe('mit')
    await truncate(file, 5 * 1024 * 1024)
    expect(await readLicence(folder)).toBeNull()
    await rm(file)
    await mkdir(file)
    expect(await readLicence(folder)).toBeNull()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
