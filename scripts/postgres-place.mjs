// Where the shipped PostgreSQL keeps its files and as whom it runs. PostgreSQL refuses to run as root, so root hands it to
// `nobody`, who then has to reach every folder on the way.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from './make-folder.mjs'
import { postgresPackage } from './prepare.mjs'

const NOBODY = 65534
const OTHERS_MAY_ENTER = 0o001

const isRoot = () => process.getuid?.() === 0

/** Whether a user without rights of their own can walk down to `folder` (or to the part of it that exists). */
function isReachable(folder) {
  let current = path.resolve(folder)
  while (!existsSync(current)) current = path.dirname(current)
  current = realpathSync(current)
  for (;;) {
    if ((statSync(current).mode & OTHERS_MAY_ENTER) === 0) return false
    const parent = path.dirname(current)
    if (parent === current) return true
    current = parent
  }
}

/** A folder with a name that others can guess, in a place where they can write: it must be ours and no link. */
function makeOwnFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const facts = lstatSync(folder)
  if (!facts.isDirectory() || facts.uid !== process.getuid()) {
    throw new Error(`The folder ${folder} belongs to somebody else; remove it or set CREMA_DATA to a folder that every user can enter.`)
  }
  chmodSync(folder, 0o755)
}

/**
 * `folder` holds password, log and presence files; `data` is PostgreSQL's own folder; `ids` the user it runs as.
 * With `isReadOnly` nothing is made and null says that there is no such database yet.
 */
export function findPlace(dataDir, { isReadOnly = false } = {}) {
  let folder = path.join(dataDir, 'postgres')
  const ids = isRoot() ? { uid: NOBODY, gid: NOBODY } : {}
  // A mode of its own for a new data folder: root's has to let `nobody` through, anyone else's is private.
  if (!isReadOnly) makeFolder(dataDir, isRoot() ? 0o711 : 0o700)
  if (isRoot() && !isReachable(dataDir)) {
    const name = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12)
    folder = `/var/tmp/crema-${name}-${process.getuid()}`
  }
  if (isReadOnly && !existsSync(folder)) return null
  if (!isReadOnly) makeOwnFolder(folder)
  // Without links: the server's process is recognised by its working folder, which the system reports resolved.
  folder = realpathSync(folder)
  return { folder, data: path.join(folder, 'data'), ids }
}

/** Paths of the programs; copied next to the data where the user who runs them cannot reach node_modules. */
export function binariesFor(place) {
  const source = postgresPackage()
  if (source === null) {
    throw new Error(`npm has no PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`)
  }
  let native = path.join(source, 'native')
  const probe = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...place.ids, cwd: '/' })
  if (place.ids.uid !== undefined && probe.status !== 0) {
    const copy = path.join(place.folder, 'native')
    if (!existsSync(path.join(copy, 'complete'))) {
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true, force: true })
      mkdirSync(path.join(copy, 'complete'))
    }
    native = copy
  }
  return {
    postgres: path.join(native, 'bin', 'postgres'),
    initdb: path.join(native, 'bin', 'initdb'),
    environment: { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: path.join(native, 'lib') },
  }
}
