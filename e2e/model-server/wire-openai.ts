/** OpenAI's Responses, Chat Completions and Embeddings, after the published API reference. Unknown fields are refused, as there. */
import { z } from 'zod'
import { checkStrictSchema } from './strict-schema'
import { BadRequest, type GenerateCall, readPicture, type Wire } from './wire'

const jsonFormat = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string().optional(),
  schema: z.unknown(),
  strict: z.boolean().nullish(),
})
const sampling = {
  model: z.string().min(1),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
}

const responsesBody = z.strictObject({
  ...sampling,
  input: z.array(
    z.union([
      z.strictObject({ role: z.enum(['system', 'developer']), content: z.string() }),
      z.strictObject({
        role: z.literal('user'),
        content: z.array(
          z.union([
            z.strictObject({ type: z.literal('input_text'), text: z.string() }),
            z.strictObject({ type: z.literal('input_image'), image_url: z.string(), detail: z.enum(['low', 'high', 'auto']).optional() }),
          ]),
        ),
      }),
    ]),
  ),
  max_output_tokens: z.int().min(16).nullish(),
  store: z.literal(false),
  text: z.strictObject({
    format: z.union([jsonFormat.extend({ type: z.literal('json_schema') }), z.strictObject({ type: z.literal('json_object') })]),
  }),
  reasoning: z
    .strictObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).nullish(),
      summary: z.enum(['auto', 'concise', 'detailed']).nullish(),
    })
    .optional(),
  include: z.array(z.string()).optional(),
})

const chatBody = z.strictObject({
  ...sampling,
  messages: z.array(
    z.union([
      z.strictObject({ role: z.enum(['system', 'developer']), content: z.string() }),
      z.strictObject({
        role: z.literal('user'),
        content: z.union([
          z.string(),
          z.array(
            z.union([
              z.strictObject({ type: z.literal('text'), text: z.string() }),
              z.strictObject({
                type: z.literal('image_url'),
                image_url: z.strictObject({ url: z.string(), detail: z.string().optional() }),
              }),
            ]),
          ),
        ]),
      }),
    ]),
  ),
  max_tokens: z.int().min(1).optional(),
  seed: z.int().nullish(),
  reasoning_effort: z.string().optional(),
  response_format: z.union([
    z.strictObject({ type: z.literal('json_schema'), json_schema: jsonFormat }),
    z.strictObject({ type: z.literal('json_object') }),
  ]),
})

const embeddingsBody = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.int().min(1).optional(),
  user: z.string().optional(),
})

function parse<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new BadRequest(`${issue?.path.join('.')}: ${issue?.message} ${JSON.stringify(issue).slice(0, 400)}`)
}

function pictureOf(url: string): Buffer {
  const [, mediaType = '', data = ''] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? []
  return readPicture(data, mediaType)
}

function readResponses(body: unknown): GenerateCall {
  const { model, input, text, max_output_tokens } = parse(responsesBody, body)
  const { format } = text
  if (format.type === 'json_schema') checkStrictSchema(format.schema)
  const parts = input.flatMap((item) => (item.role === 'user' ? item.content : []))
  return {
    kind: 'generate',
    model,
    system: input.flatMap((item) => (item.role === 'user' ? [] : [item.content])).join('\n'),
    user: parts.flatMap((part) => (part.type === 'input_text' ? [part.text] : [])).join('\n'),
    pictures: parts.flatMap((part) => (part.type === 'input_image' ? [pictureOf(part.image_url)] : [])),
    schema: format.type === 'json_schema' ? format.schema : null,
    maxTokens: max_output_tokens ?? 16_384,
  }
}

function readChat(body: unknown): GenerateCall {
  const { model, messages, response_format, max_tokens } = parse(chatBody, body)
  if (response_format.type === 'json_schema') checkStrictSchema(response_format.json_schema.schema)
  const parts = messages.flatMap((message) =>
    message.role !== 'user'
      ? []
      : typeof message.content === 'string'
        ? [{ type: 'text' as const, text: message.content }]
        : message.content,
  )
  const call = {
    kind: 'generate' as const,
    model,
    system: messages.flatMap((message) => (message.role === 'user' ? [] : [message.content])).join('\n'),
    user: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
    pictures: parts.flatMap((part) => (part.type === 'image_url' ? [pictureOf(part.image_url.url)] : [])),
    schema: response_format.type === 'json_schema' ? response_format.json_schema.schema : null,
    maxTokens: max_tokens ?? 16_384,
  }
  if (response_format.type === 'json_object' && !/json/i.test(call.system + call.user)) {
    throw new BadRequest("'messages' must contain the word 'json' to use 'response_format' of type 'json_object'.")
  }
  return call
}

const chatUsage = (input: number, output: number) => ({ prompt_tokens: input, completion_tokens: output, total_tokens: input + output })

export const OPENAI: Wire = {
  name: 'openai',
  keyOf: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
  read(path, _headers, body) {
    if (path.endsWith('/responses')) return readResponses(body)
    if (path.endsWith('/chat/completions')) return readChat(body)
    const { model, input } = parse(embeddingsBody, body)
    return { kind: 'embed', model, texts: typeof input === 'string' ? [input] : input }
  },
  answer: (path, call, text, usage) => envelope(path, call, [{ type: 'output_text', text, annotations: [] }], text, null, usage),
  refuse: (path, call, usage) =>
    envelope(path, call, [{ type: 'refusal', refusal: 'I cannot help with that.' }], null, 'I cannot help with that.', usage),
  vectors: (_path, call, vectors, usage) => ({
    object: 'list',
    model: call.model,
    data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens },
  }),
  error: (status, message, code) => ({
    error: { message, type: status === 429 ? 'rate_limit_error' : 'invalid_request_error', param: null, code: code ?? null },
  }),
}

function envelope(
  path: string,
  call: GenerateCall,
  content: readonly object[],
  text: string | null,
  refusal: string | null,
  { inputTokens, outputTokens }: { inputTokens: number; outputTokens: number },
): unknown {
  if (path.endsWith('/chat/completions')) {
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_767_225_600,
      model: call.model,
      choices: [{ index: 0, message: { role: 'assistant', content: text, refusal }, logprobs: null, finish_reason: 'stop' }],
      usage: chatUsage(inputTokens, outputTokens),
    }
  }
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_767_225_600,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: call.model,
    output: [{ type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content }],
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    },
  }
}
