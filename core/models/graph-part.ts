/**
 * Cuts one part out of an ONNX model: what a single output needs. A dual encoder that was exported as one graph can so be asked about a text
 * without a picture, and about a picture without a text; nothing that the part computes changes.
 */
import { brokenOnnx, type Field, fieldsOf, headOf } from './protobuf-fields'

/** Numbers of fields (onnx.proto, IR version 3 and later). */
const MODEL = { graph: 7 } as const
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const
const NODE = { input: 1, output: 2, attribute: 5 } as const
const ATTRIBUTE = { graph: 6, graphs: 11 } as const
const TENSOR_NAME = 8
const VALUE_NAME = 1

/**
 * The model with this output alone: the nodes that lead to it, their constants, the inputs they read. O(bytes of the graph's structure);
 * tensors are copied as they are.
 *
 * @param model a whole ONNX file, weights inside
 * @returns null when it has no such output, or when a node on the way holds a graph of its own, which may read what it does not name
 * @throws AppError bad_file when it is no whole ONNX model
 */
export function graphPart(model: Uint8Array, output: string): Uint8Array<ArrayBuffer> | null {
  const outer = [...fieldsOf(model)]
  const graph = graphOf(outer)
  const kept = keptFields(model, graph, output)
  if (kept === null) return null
  const inner = kept.map(({ from, end }) => model.subarray(from, end))
  const head = headOf(
    MODEL.graph,
    inner.reduce((sum, { length }) => sum + length, 0),
  )
  return joined(outer.flatMap((field) => (field === graph ? [head, ...inner] : [model.subarray(field.from, field.end)])))
}

/** What the graph of an ONNX file gives, by name. @throws AppError bad_file when it is no whole ONNX model */
export function outputNames(model: Uint8Array): string[] {
  const graph = graphOf([...fieldsOf(model)])
  const outputs = [...fieldsOf(model, graph.start, graph.end)].filter(({ number }) => number === GRAPH.output)
  return outputs.flatMap((field) => textsOf(model, field, VALUE_NAME))
}

function graphOf(fields: readonly Field[]): Field {
  const graph = fields.find(({ number, isMessage }) => number === MODEL.graph && isMessage)
  if (graph === undefined) throw brokenOnnx()
  return graph
}

/** Fields of the graph that stay, in their order. */
function keptFields(model: Uint8Array, graph: Field, output: string): Field[] | null {
  const nameOf = (field: Field, number: number) => textsOf(model, field, number)[0] ?? ''
  const all = [...fieldsOf(model, graph.start, graph.end)]
  if (!all.some((field) => field.number === GRAPH.output && nameOf(field, VALUE_NAME) === output)) return null
  const needed = new Set([output])
  const nodes = new Set<Field>()
  // ONNX lists a node after those that it reads from, so one way back finds all of them.
  for (const node of all.filter(({ number }) => number === GRAPH.node).reverse()) {
    if (!textsOf(model, node, NODE.output).some((name) => needed.has(name))) continue
    if (holdsGraph(model, node)) return null
    nodes.add(node)
    // An empty name is an input that is left out.
    for (const name of textsOf(model, node, NODE.input)) if (name !== '') needed.add(name)
  }
  return all.filter((field) => {
    if (field.number === GRAPH.node) return nodes.has(field)
    if (field.number === GRAPH.initializer) return needed.has(nameOf(field, TENSOR_NAME))
    if (field.number === GRAPH.input) return needed.has(nameOf(field, VALUE_NAME))
    if (field.number === GRAPH.output) return nameOf(field, VALUE_NAME) === output
    // Shapes of what lies between; the runtime finds them again.
    return field.number !== GRAPH.valueInfo
  })
}

function holdsGraph(model: Uint8Array, node: Field): boolean {
  const attributes = [...fieldsOf(model, node.start, node.end)].filter(({ number }) => number === NODE.attribute)
  return attributes.some(({ start, end }) =>
    [...fieldsOf(model, start, end)].some(({ number }) => number === ATTRIBUTE.graph || number === ATTRIBUTE.graphs),
  )
}

/** What the fields of that number hold, as UTF-8. */
function textsOf(model: Uint8Array, { isMessage, start, end }: Field, number: number): string[] {
  if (!isMessage) throw brokenOnnx()
  const fields = [...fieldsOf(model, start, end)].filter((field) => field.number === number && field.isMessage)
  return fields.map((field) => new TextDecoder().decode(model.subarray(field.start, field.end)))
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => {
    whole.set(part, at)
    return at + part.length
  }, 0)
  return whole
}
