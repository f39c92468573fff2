/** Reads the zip of an export the way any other program would: from its central directory. */
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const STORED = 0

/** Contents by path inside the zip's one top folder. */
export function readZip(file: string): Map<string, Buffer> {
  const zip = readFileSync(file)
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Error(`${file} is no zip`)
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error(`${file} has a broken directory`)
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    files.set(
      name.slice(name.indexOf('/') + 1),
      contentAt(zip, zip.readUInt32LE(at + 42), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)),
    )
    at += 46 + nameLength + extraLength + commentLength
  }
  return files
}

/** The sizes of the local header may be left to a descriptor behind the data, so the directory's are used. */
function contentAt(zip: Buffer, local: number, method: number, bytes: number): Buffer {
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(from, from + bytes)
  return method === STORED ? Buffer.from(packed) : inflateRawSync(packed)
}
