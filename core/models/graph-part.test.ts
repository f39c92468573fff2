import onnxProto from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { OnnxGraph, type Port } from '@/scripts/weights/onnx-graph'
import { graphPart, outputNames } from './graph-part'

const { onnx } = onnxProto

const port = (name: string): Port => ({ name, element: 'float', shape: ['n'] })

/** `sum` = (x + one) × (y + two); `left` = x + one, `right` = y + two; `shared` stands in both. */
function twoHalves(): Uint8Array {
  const graph = new OnnxGraph()
  const shared = graph.floats('shared', [1], [1])
  graph.add('Add', [graph.add('Mul', ['x', shared]), graph.floats('one', [1], [1])], {}, 'left')
  graph.add('Add', [graph.add('Mul', ['y', shared]), graph.floats('two', [1], [2])], {}, 'right')
  graph.add('Mul', ['left', 'right'], {}, 'sum')
  return graph.encode('halves', [port('x'), port('y')], [port('sum'), port('left'), port('right')])
}

type Names = readonly { readonly name?: string | null }[] | null | undefined
const namesOf = (list: Names) => (list ?? []).map(({ name }) => name)

function read(model: Uint8Array | null) {
  const { graph, ...rest } = onnx.ModelProto.decode(model ?? new Uint8Array())
  return {
    rest,
    name: graph?.name,
    inputs: namesOf(graph?.input),
    outputs: namesOf(graph?.output),
    constants: namesOf(graph?.initializer),
    ops: (graph?.node ?? []).map(({ opType }) => opType),
    shapes: graph?.valueInfo?.length,
  }
}

/** The model with changes in its decoded form. */
function changed(change: (model: InstanceType<typeof onnx.ModelProto>) => void): Uint8Array {
  const model = onnx.ModelProto.decode(twoHalves())
  change(model)
  return onnx.ModelProto.encode(model).finish()
}

describe('what a graph gives', () => {
  it('is named, in its order', () => {
    expect(outputNames(twoHalves())).toEqual(['sum', 'left', 'right'])
    expect(outputNames(graphPart(twoHalves(), 'left') ?? new Uint8Array())).toEqual(['left'])
  })

  it('is refused of what is no model', () => {
    for (const text of ['', 'no model', '<!doctype html>']) {
      expect(() => outputNames(new TextEncoder().encode(text))).toThrow(expect.objectContaining({ code: 'bad_file' }))
    }
  })
})

describe('a part of a graph', () => {
  it('is what one output needs, and nothing else', () => {
    expect(read(graphPart(twoHalves(), 'left'))).toMatchObject({
      ...{ name: 'halves', inputs: ['x'], outputs: ['left'] },
      ...{ constants: ['shared', 'one'], ops: ['Mul', 'Add'] },
    })
    expect(read(graphPart(twoHalves(), 'right'))).toMatchObject({ inputs: ['y'], outputs: ['right'], constants: ['shared', 'two'] })
  })

  it('has both inputs where the output needs both', () => {
    expect(read(graphPart(twoHalves(), 'sum'))).toMatchObject({
      inputs: ['x', 'y'],
      outputs: ['sum'],
      ops: ['Mul', 'Add', 'Mul', 'Add', 'Mul'],
    })
  })

  it('keeps what stands around the graph', () => {
    const { rest } = read(graphPart(twoHalves(), 'left'))
    expect(rest).toEqual(read(twoHalves()).rest)
    expect(rest).toMatchObject({ producerName: 'crema' })
  })

  it('is a part of itself', () => {
    const once = graphPart(twoHalves(), 'left') ?? new Uint8Array()
    expect(graphPart(once, 'left')).toEqual(once)
  })

  it('leaves shapes in between to the runtime', () => {
    const model = changed(({ graph }) => graph?.valueInfo?.push(onnx.ValueInfoProto.create({ name: 'value_1' })))
    expect(read(model).shapes).toBe(1)
    expect(read(graphPart(model, 'left')).shapes).toBe(0)
  })

  it('is not led astray by inputs and outputs that are left out', () => {
    const model = changed(({ graph }) => {
      graph?.node?.unshift(onnx.NodeProto.create({ opType: 'Dropout', input: ['y'], output: ['dropped', ''] }))
      const last = graph?.node?.find(({ output }) => output?.[0] === 'left')
      last?.input?.push('')
    })
    expect(read(graphPart(model, 'left'))).toMatchObject({ inputs: ['x'], ops: ['Mul', 'Add'] })
  })

  it('is none of an output that is not there, or that is only in between', () => {
    for (const name of ['image_embeds', 'value_1', '', 'x']) expect(graphPart(twoHalves(), name)).toBeNull()
  })

  it('is none where a node on the way holds a graph of its own', () => {
    const body = { name: 'then', node: [{ opType: 'Identity', input: ['y'], output: ['z'] }] }
    const attribute = [{ name: 'then_branch', type: onnx.AttributeProto.AttributeType.GRAPH, g: body }]
    const holding = (output: string) =>
      changed(({ graph }) => {
        const node = graph?.node?.find((each) => each.output?.[0] === output)
        node?.attribute?.push(...attribute.map((each) => onnx.AttributeProto.create(each)))
      })
    expect(graphPart(holding('left'), 'left')).toBeNull()
    expect(read(graphPart(holding('right'), 'left')).ops).toEqual(['Mul', 'Add'])
  })

  it('is refused of what is no whole model', () => {
    const whole = twoHalves()
    const refused = expect.objectContaining({ code: 'bad_file' })
    expect(() => graphPart(new Uint8Array(), 'left')).toThrow(refused)
    expect(() => graphPart(new TextEncoder().encode('<!doctype html>'), 'left')).toThrow(refused)
    // The last bytes are the list of operator sets, without which the rest still is a graph.
    for (let length = 1; length < whole.length - 10; length += 1) {
      expect(() => graphPart(whole.slice(0, length), 'left'), `cut to ${length}`).toThrow(refused)
    }
  })
})
