// Which room may use which (docs/architecture.md). Tests may reach further than the code they test.
const TESTS = '(\\.test\\.tsx?|\\.fixture\\.ts|-for-tests\\.tsx?)$'

/** Files of `room` may only use our files below one of `allowed`. */
function room(name, allowed, why) {
  return {
    name: `${name}-uses-only-${allowed.length === 0 ? 'itself' : allowed.map((path) => path.replaceAll('/', '-')).join('-and-')}`,
    comment: why,
    severity: 'error',
    from: { path: `^${name}/`, pathNot: TESTS },
    to: {
      path: '^(app|bench|browser|cli|components|core|e2e|prisma|scripts|server|worker)/',
      pathNot: [`^${name}/`, ...allowed.map((path) => `^${path}/`)],
    },
  }
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    room(
      'core',
      [],
      'core says what is true and nothing else: it has to run in the browser, in the worker and in a test without any of them.',
    ),
    room(
      'browser',
      ['core', 'server/actions'],
      'browser reaches the server through actions and routes only; anything more would end up in the bundle.',
    ),
    room(
      'components',
      ['core', 'browser', 'server/actions', 'server/queries'],
      'components draw; they read through browser/api.ts and write through server actions.',
    ),
    {
      name: 'components-know-queries-by-type-only',
      comment: 'A page runs the query and hands the result down. The component may name its type, which is written once, but not run it.',
      severity: 'error',
      from: { path: '^components/', pathNot: TESTS },
      to: { path: '^server/queries/', dependencyTypesNot: ['type-only'] },
    },
    room('server', ['core'], 'server must not know who calls it: pages, the worker and the command line share it.'),
    room('worker', ['core', 'server'], 'worker runs without a web process, so it cannot use what belongs to pages.'),
    room('cli', ['core', 'server', 'worker', 'scripts'], 'the command line has no screen; it starts the database by way of scripts.'),
    room('app', ['components', 'core', 'server'], 'routes are thin: parse, call, render. Browser state belongs to components and browser.'),
    {
      name: 'core-needs-zod-only',
      comment: 'core has no outside world: no Node, no React, no database, no network. Only zod.',
      severity: 'error',
      from: { path: '^core/', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core', 'unknown', 'undetermined'],
        pathNot: '(^|/)node_modules/zod/',
      },
    },
    {
      name: 'browser-side-has-no-node',
      comment: 'Node modules do not exist in a browser.',
      severity: 'error',
      from: { path: '^(browser|components)/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-has-no-react',
      comment: 'browser/ is the outside world on the user side without React, so that it can be tested and reused without a page.',
      severity: 'error',
      from: { path: '^browser/', pathNot: TESTS },
      to: { path: '(^|/)node_modules/(react|react-dom|react-konva|next)/' },
    },
    {
      name: 'prisma-in-server-only',
      comment: 'One room knows the database; everything else calls a query or an action that checked who is asking.',
      severity: 'error',
      from: { path: '^(app|browser|cli|components|core|worker)/', pathNot: TESTS },
      to: { path: ['(^|/)node_modules/(@prisma|\\.prisma|pg)/', '^server/generated/'] },
    },
    {
      name: 'child-process-in-media-and-scripts-only',
      comment: 'Starting programs is dangerous with names that people upload; one place does it, with limits.',
      severity: 'error',
      from: { path: '^(app|bench|browser|cli|components|core|server|worker)/', pathNot: ['^server/media/', TESTS] },
      to: { path: '^(node:)?(child_process|cluster)$' },
    },
    {
      name: 'node-av-in-media-only',
      comment: 'The decoder is a crash and licence boundary: only the child process of server/media may load it.',
      severity: 'error',
      from: { pathNot: ['^server/media/', '^e2e/fixtures/', '^bench/', '^scripts/', TESTS] },
      to: { path: '(^|/)node_modules/node-av/' },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one file, or that something belongs into a third.',
      severity: 'error',
      from: { pathNot: '^server/generated/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere: a typing error, or a package that package.json does not list.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
    {
      name: 'no-dev-packages-at-run-time',
      comment: 'Production may be installed without the development packages.',
      severity: 'error',
      from: { path: '^(app|browser|cli|components|core|server|worker)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^server/generated/'] },
    exclude: { path: ['^\\.next', '^\\.data', '^public/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: { folder: 'node_modules/.cache/crema/dependency-cruiser', strategy: 'content' },
  },
}
