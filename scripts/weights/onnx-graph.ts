/** Builds one ONNX model in memory. Names are counted, so the same calls give the same bytes. */
import onnxProto from 'onnx-proto'

const { onnx } = onnxProto
const OPSET = 13
/** Goes with opset 13 and is what onnxruntime has understood for years. */
const IR_VERSION = 8

export const ELEMENT = { float: 1, int64: 7, bool: 9 } as const
export type Element = keyof typeof ELEMENT

/** A number is written as an integer; nothing here needs a fraction. */
export type Attributes = Readonly<Record<string, number | string | readonly number[]>>
/** A side that is a name may have any length. */
export type Port = { readonly name: string; readonly element: Element; readonly shape: readonly (number | string)[] | null }

const AttributeType = onnx.AttributeProto.AttributeType

export class OnnxGraph {
  readonly #nodes: InstanceType<typeof onnx.NodeProto>[] = []
  readonly #constants = new Map<string, InstanceType<typeof onnx.TensorProto>>()
  #values = 0

  /** Number of nodes of each kind, for tests and for the curious. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { opType } of this.#nodes) counts[opType] = (counts[opType] ?? 0) + 1
    return counts
  }

  /** A constant of floats, under a name of its own. */
  floats(name: string, shape: readonly number[], values: ArrayLike<number>): string {
    return this.#constant(name, shape, 'float', bytesOf(Float32Array.from(values)))
  }

  /** A constant of integers; the same one twice is kept once. `shape` is a list unless it is said. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const name = `integers_${shape.join('x')}_${values.join('_')}`
    return this.#constant(name, shape, 'int64', bytesOf(BigInt64Array.from(values, BigInt)))
  }

  /** A node with one output; its name is given back. */
  add(op: string, inputs: readonly string[], attributes: Attributes = {}, output = this.#newName()): string {
    this.#push(op, inputs, attributes, [output])
    return output
  }

  /** A node with several outputs. */
  addMany(op: string, inputs: readonly string[], attributes: Attributes, count: number): string[] {
    const outputs = Array.from({ length: count }, () => this.#newName())
    this.#push(op, inputs, attributes, outputs)
    return outputs
  }

  encode(name: string, inputs: readonly Port[], outputs: readonly Port[]): Uint8Array {
    const graph = {
      name,
      node: this.#nodes,
      initializer: [...this.#constants.values()],
      input: inputs.map(portOf),
      output: outputs.map(portOf),
    }
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'crema',
      opsetImport: [{ domain: '', version: OPSET }],
      graph,
    })
    return onnx.ModelProto.encode(model).finish()
  }

  #newName(): string {
    this.#values += 1
    return `value_${this.#values}`
  }

  #constant(name: string, dims: readonly number[], element: Element, rawData: Uint8Array): string {
    if (!this.#constants.has(name)) {
      this.#constants.set(name, onnx.TensorProto.create({ name, dims: [...dims], dataType: ELEMENT[element], rawData }))
    }
    return name
  }

  #push(opType: string, input: readonly string[], attributes: Attributes, output: string[]): void {
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return { name, type: AttributeType.INT, i: value }
      if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) }
      return { name, type: AttributeType.INTS, ints: [...value] }
    })
    this.#nodes.push(onnx.NodeProto.create({ opType, name: `node_${this.#nodes.length}`, input: [...input], output, attribute }))
  }
}

const bytesOf = (values: Float32Array | BigInt64Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

function portOf({ name, element, shape }: Port) {
  const dim = shape?.map((side) => (typeof side === 'string' ? { dimParam: side } : { dimValue: side }))
  return { name, type: { tensorType: { elemType: ELEMENT[element], ...(dim === undefined ? {} : { shape: { dim } }) } } }
}
