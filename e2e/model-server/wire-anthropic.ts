/** Anthropic's Messages, after the published API reference (version 2023-06-01, structured outputs by `output_config`). */
import { z } from 'zod'
import { checkStrictSchema } from './strict-schema'
import { BadRequest, type GenerateCall, readPicture, type Usage, type Wire } from './wire'

const textBlock = z.strictObject({ type: z.literal('text'), text: z.string().min(1) })
const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
})

const body = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(z.union([textBlock, imageBlock])).min(1)]),
      }),
    )
    .min(1),
  output_config: z
    .strictObject({
      effort: z.string().optional(),
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.unknown() }).optional(),
    })
    .optional(),
  tools: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        input_schema: z.record(z.string(), z.unknown()),
        strict: z.boolean().optional(),
      }),
    )
    .optional(),
  tool_choice: z
    .strictObject({ type: z.enum(['any', 'auto', 'tool']), name: z.string().optional(), disable_parallel_tool_use: z.boolean().optional() })
    .optional(),
  stream: z.literal(false).optional(),
  thinking: z.record(z.string(), z.unknown()).optional(),
})

/** Calls that asked for a tool instead of a format are answered by that tool. */
const toolByCall = new WeakMap<GenerateCall, string>()

function envelope(call: GenerateCall, content: readonly object[], stopReason: string, usage: Usage): unknown {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: call.model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
  }
}

export const ANTHROPIC: Wire = {
  name: 'anthropic',
  keyOf: (headers) => headers['x-api-key'],
  read(_path, headers, raw) {
    if (headers['anthropic-version'] !== '2023-06-01') throw new BadRequest('anthropic-version: header is required')
    const parsed = body.safeParse(raw)
    if (!parsed.success)
      throw new BadRequest(`${parsed.error.issues[0]?.path.join('.')}: ${JSON.stringify(parsed.error.issues[0]).slice(0, 400)}`)
    const { model, max_tokens, system = '', messages, output_config, tools } = parsed.data
    const format = output_config?.format
    if (format) checkStrictSchema(format.schema)
    if (messages[0]?.role !== 'user') throw new BadRequest('messages: first message must use the "user" role')
    const parts = messages.flatMap((message) =>
      typeof message.content === 'string' ? [{ type: 'text' as const, text: message.content }] : message.content,
    )
    const call: GenerateCall = {
      kind: 'generate',
      model,
      system: typeof system === 'string' ? system : system.map((part) => part.text).join('\n'),
      user: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
      pictures: parts.flatMap((part) => (part.type === 'image' ? [readPicture(part.source.data, part.source.media_type)] : [])),
      schema: format?.schema ?? tools?.[0]?.input_schema ?? null,
      maxTokens: max_tokens,
    }
    if (tools?.[0]) toolByCall.set(call, tools[0].name)
    return call
  },
  answer(_path, call, text, usage) {
    const tool = toolByCall.get(call)
    if (tool === undefined) return envelope(call, text === '' ? [] : [{ type: 'text', text }], 'end_turn', usage)
    return envelope(call, [{ type: 'tool_use', id: 'toolu_1', name: tool, input: JSON.parse(text) }], 'tool_use', usage)
  },
  refuse: (_path, call, usage) => envelope(call, [], 'refusal', usage),
  vectors: () => {
    throw new BadRequest('Anthropic has no embeddings')
  },
  error: (status, message) => ({
    type: 'error',
    error: { type: status === 429 ? 'rate_limit_error' : status === 529 ? 'overloaded_error' : 'invalid_request_error', message },
  }),
}
