// Checks on files as a whole: their size, where 'use server' and fetch stand, and how much of core is test.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { ROOT } from './paths.mjs'

const MAX_LINES = 400
const MAX_TEST_LINES = 600
/** All design tokens stand in one style sheet. */
const MAX_STYLE_LINES = 600
const MIN_CORE_TEST_RATIO = 1.3
const CODE_ROOMS = ['app', 'bench', 'browser', 'cli', 'components', 'core', 'e2e', 'scripts', 'server', 'worker']

/** The places that may call fetch, and why. */
const FETCH_DOORS = {
  'browser/api.ts': 'the one typed client of the browser',
  'server/guarded-fetch.ts': 'the one way out of our side, with its origins, bytes and time limited',
  'cli/doctor-checks.ts': 'asks our own web process on this machine',
}
const RUNTIME_ROOMS = ['app', 'browser', 'cli', 'components', 'core', 'server', 'worker']

export const isTest = (file) => /(\.test|\.spec|\.fixture|-for-tests)\.tsx?$/.test(file)

/** Files below the rooms, relative to the root, generated code left out. */
export function filesOf(rooms, pattern = /\.(ts|tsx|mjs|cjs|css)$/) {
  const files = []
  const walk = (relative) => {
    for (const name of readdirSync(path.join(ROOT, relative)).sort()) {
      const child = path.posix.join(relative, name)
      if (child === 'server/generated') continue
      if (statSync(path.join(ROOT, child)).isDirectory()) walk(child)
      else if (pattern.test(name)) files.push(child)
    }
  }
  for (const room of rooms) if (existsSync(path.join(ROOT, room))) walk(room)
  return files
}

export const readSource = (file) => readFileSync(path.join(ROOT, file), 'utf8')

const countLines = (text) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
const countFilledLines = (text) => text.split('\n').filter((line) => line.trim() !== '').length

export function parseSource(file) {
  return ts.createSourceFile(
    file,
    readSource(file),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
}

function limitOf(file) {
  if (file.endsWith('.css')) return MAX_STYLE_LINES
  return isTest(file) || file.startsWith('e2e/') ? MAX_TEST_LINES : MAX_LINES
}

export function checkFileSizes() {
  return filesOf(CODE_ROOMS).flatMap((file) => {
    const limit = limitOf(file)
    const lines = countLines(readSource(file))
    return lines > limit ? [`${file}: ${lines} lines, the limit is ${limit}. Split it by what it is about.`] : []
  })
}

function hasUseServer(node) {
  let found = false
  const visit = (child) => {
    const isDirective = ts.isExpressionStatement(child) && ts.isStringLiteral(child.expression) && child.expression.text === 'use server'
    if (isDirective) found = true
    ts.forEachChild(child, visit)
  }
  visit(node)
  return found
}

export function checkServerActions() {
  return filesOf(RUNTIME_ROOMS, /\.tsx?$/).flatMap((file) => {
    const isAction = file.startsWith('server/actions/') && !isTest(file)
    const source = parseSource(file)
    if (!isAction) return hasUseServer(source) ? [`${file}: 'use server' stands outside of server/actions, past the one gate.`] : []
    const [first] = source.statements
    const isFirst =
      first !== undefined &&
      ts.isExpressionStatement(first) &&
      ts.isStringLiteral(first.expression) &&
      first.expression.text === 'use server'
    return isFirst ? [] : [`${file}: does not begin with 'use server'; what is no action belongs elsewhere in server/.`]
  })
}

/** Names under which the global fetch is called: `fetch(…)`, `globalThis.fetch(…)`, `window.fetch(…)`. */
function callsFetch(source) {
  const lines = []
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression
      const isPlain = ts.isIdentifier(callee) && callee.text === 'fetch'
      const isGlobal =
        ts.isPropertyAccessExpression(callee) &&
        callee.name.text === 'fetch' &&
        ['globalThis', 'window', 'self'].includes(callee.expression.getText(source))
      if (isPlain || isGlobal) lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return lines
}

export function checkFetch() {
  return filesOf(RUNTIME_ROOMS, /\.tsx?$/)
    .filter((file) => !isTest(file) && FETCH_DOORS[file] === undefined)
    .flatMap((file) =>
      callsFetch(parseSource(file)).map((line) => `${file}:${line}: calls fetch; the browser reads through browser/api.ts.`),
    )
}

export function checkCoreTests() {
  const count = (files) => files.reduce((sum, file) => sum + countFilledLines(readSource(file)), 0)
  const files = filesOf(['core'], /\.ts$/)
  const tests = count(files.filter(isTest))
  const sources = count(files.filter((file) => !isTest(file)))
  const ratio = sources === 0 ? 0 : tests / sources
  if (ratio >= MIN_CORE_TEST_RATIO) return []
  return [`core has ${tests} lines of test on ${sources} of source: ${ratio.toFixed(2)}, wanted ${MIN_CORE_TEST_RATIO}.`]
}
