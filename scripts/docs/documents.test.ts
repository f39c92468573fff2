import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '@/core/errors'

const ROOT = path.resolve(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(ROOT, file)))

const ROOMS = ['app', 'bench', 'browser', 'cli', 'components', 'core', 'docs', 'e2e', 'prisma', 'scripts', 'server', 'worker']

/** Where links lead, without headings and without other sites. */
function linksOf(file: string): string[] {
  return [...read(file).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/.test(link))
}

/** Names of files of ours in code marks, such as `core/diff.ts`. */
function filesNamedIn(file: string): string[] {
  const pattern = new RegExp(`\`((?:${ROOMS.join('|')})/[\\w./[\\]()-]*)\``, 'g')
  return [...read(file).matchAll(pattern)].map((match) => (match[1] ?? '').replace(/\/$/, ''))
}

test.each(documents)('%s: every link leads to a file, and every file it names is there', (file) => {
  const folder = path.dirname(path.join(ROOT, file))
  expect(linksOf(file).filter((link) => !existsSync(path.resolve(folder, link)))).toEqual([])
  expect(filesNamedIn(file).filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([])
})

test('docs/deploy.md names every setting that the start reads', () => {
  const settings = [...read('server/env.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1] ?? '')
  expect(settings.length).toBeGreaterThan(5)
  const table = read('docs/deploy.md')
  // NODE_ENV is the start's own business.
  expect(settings.filter((name) => name !== 'NODE_ENV' && !table.includes(`| \`${name}\` |`))).toEqual([])
})

test('every decision record is in the list of records', () => {
  const listed = read('docs/decisions/README.md')
  const records = documents.filter((file) => /^docs\/decisions\/\d{4}-/.test(file))
  expect(records.filter((file) => !listed.includes(`(${path.basename(file)})`))).toEqual([])
})

test('error codes that documents name exist', () => {
  const codes = new Set<string>(Object.keys(ERROR_CODES))
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/\((`[a-z]+(?:_[a-z]+)+`)\)/g)].map((match) => (match[1] ?? '').slice(1, -1)),
  )
  expect(named.filter((code) => !codes.has(code))).toEqual([])
})
