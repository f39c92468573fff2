/** The stored file of vectors: rows of float32, little-endian whatever the machine, one after the other. */

const FLOAT_BYTES = 4

export function packVectors(vectors: readonly Float32Array[]): Buffer {
  const floats = vectors.reduce((sum, vector) => sum + vector.length, 0)
  const bytes = Buffer.alloc(floats * FLOAT_BYTES)
  let offset = 0
  for (const vector of vectors) for (const value of vector) offset = bytes.writeFloatLE(value, offset)
  return bytes
}
