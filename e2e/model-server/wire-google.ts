/** Google's generateContent and (batch)embedContents, after the published reference of the Gemini API (v1beta). */
import { z } from 'zod'
import { BadRequest, type GenerateCall, readPicture, type Usage, type Wire } from './wire'

const textPart = z.strictObject({ text: z.string() })
const dataPart = z.strictObject({ inlineData: z.strictObject({ mimeType: z.string(), data: z.string() }) })

const generateBody = z.strictObject({
  contents: z.array(z.strictObject({ role: z.enum(['user', 'model']), parts: z.array(z.union([textPart, dataPart])).min(1) })).min(1),
  systemInstruction: z.strictObject({ role: z.string().optional(), parts: z.array(textPart) }).optional(),
  generationConfig: z.strictObject({
    maxOutputTokens: z.int().min(1).optional(),
    temperature: z.number().min(0).max(2).optional(),
    topP: z.number().min(0).max(1).optional(),
    seed: z.int().optional(),
    responseMimeType: z.literal('application/json').optional(),
    responseSchema: z.record(z.string(), z.unknown()).optional(),
    responseJsonSchema: z.record(z.string(), z.unknown()).optional(),
    thinkingConfig: z
      .strictObject({ thinkingBudget: z.int().optional(), thinkingLevel: z.string().optional(), includeThoughts: z.boolean().optional() })
      .optional(),
  }),
  safetySettings: z.array(z.strictObject({ category: z.string(), threshold: z.string() })).optional(),
})

const embedRequest = z.strictObject({
  model: z.string().regex(/^models\//),
  content: z.strictObject({ role: z.string().optional(), parts: z.array(textPart).min(1) }),
  taskType: z.string().optional(),
  title: z.string().optional(),
  outputDimensionality: z.int().min(1).optional(),
})
const batchBody = z.strictObject({ requests: z.array(embedRequest).min(1).max(100) })

function parse<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new BadRequest(`Invalid JSON payload received. ${JSON.stringify(parsed.error.issues[0]).slice(0, 400)}`)
}

const counts = (usage: Usage) => ({
  promptTokenCount: usage.inputTokens,
  candidatesTokenCount: usage.outputTokens,
  totalTokenCount: usage.inputTokens + usage.outputTokens,
})

export const GOOGLE: Wire = {
  name: 'google',
  keyOf: (headers) => headers['x-goog-api-key'],
  read(path, _headers, body) {
    const model = /models\/([^:]+):/.exec(path)?.[1] ?? ''
    const textsOf = (request: z.infer<typeof embedRequest>) => request.content.parts.map((part) => part.text).join('\n')
    if (path.endsWith(':batchEmbedContents')) return { kind: 'embed', model, texts: parse(batchBody, body).requests.map(textsOf) }
    if (path.endsWith(':embedContent')) return { kind: 'embed', model, texts: [textsOf(parse(embedRequest, body))] }
    const { contents, systemInstruction, generationConfig } = parse(generateBody, body)
    const schema = generationConfig.responseJsonSchema ?? generationConfig.responseSchema ?? null
    if (schema && generationConfig.responseMimeType === undefined)
      throw new BadRequest('responseSchema needs responseMimeType application/json')
    const parts = contents.flatMap((content) => content.parts)
    return {
      kind: 'generate',
      model,
      system: systemInstruction?.parts.map((part) => part.text).join('\n') ?? '',
      user: parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n'),
      pictures: parts.flatMap((part) => ('inlineData' in part ? [readPicture(part.inlineData.data, part.inlineData.mimeType)] : [])),
      schema,
      maxTokens: generationConfig.maxOutputTokens ?? 65_536,
    } satisfies GenerateCall
  },
  answer: (_path, call, text, usage) => ({
    candidates: [{ content: { role: 'model', parts: text === '' ? [] : [{ text }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: counts(usage),
    modelVersion: call.model,
    responseId: 'response-1',
  }),
  refuse: (_path, call, usage) => ({
    candidates: [
      { finishReason: 'SAFETY', index: 0, safetyRatings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH' }] },
    ],
    usageMetadata: counts({ ...usage, outputTokens: 0 }),
    modelVersion: call.model,
    responseId: 'response-1',
  }),
  vectors: (path, _call, vectors) =>
    path.endsWith(':embedContent') ? { embedding: { values: vectors[0] } } : { embeddings: vectors.map((values) => ({ values })) },
  error: (status, message) => ({ error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INVALID_ARGUMENT' } }),
}
