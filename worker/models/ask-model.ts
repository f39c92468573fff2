/**
 * One structured question to a language model, by way of the call desk: a remembered answer is free, otherwise the worst case is
 * set aside, the model asked once (the engine tries again, not the SDK), and the answer parsed, checked and handed back.
 */
import { generateText, jsonSchema, NoObjectGeneratedError, Output } from 'ai'
import type { z } from 'zod'
import { AppError } from '@/core/errors'
import type { ModelCallOutcome } from '@/core/pipeline/model-call'
import { type ModelParameters, modelParametersSchema } from '@/core/pipeline/model-parameters'
import { type AnswerOf, PROMPTS, type PromptId, type SlotsOf } from '@/core/pipeline/prompts/prompt-table'
import { type RenderedPrompt, renderPrompt } from '@/core/pipeline/prompts/render-prompt'
import { wireSchemaOf } from '@/core/pipeline/prompts/wire-schema'
import type { PipelineSettings, ProviderRef } from '@/core/pipeline/settings'
import type { ModelRole } from '@/core/pipeline/stages'
import { maxInputTokens } from '@/core/pipeline/tokens'
import { sha256Of } from '@/server/sha256-of'
import { badAnswer, type CallContext, refused, toModelError } from './model-errors'
import type { ModelPicture } from './model-picture'
import type { ProviderClients } from './provider-client'
import { readJsonAnswer } from './read-json-answer'
import type { CallDesk } from './roles'

/** What every language adapter needs. `prompts` = the project's own texts by prompt id. */
export type ModelAccess = {
  readonly desk: CallDesk
  readonly clients: ProviderClients
  readonly prompts: PipelineSettings['prompts']
}

export type Question<Id extends PromptId, Result> = {
  readonly role: ModelRole
  readonly ref: ProviderRef
  readonly prompt: Id
  readonly slots: SlotsOf<Id>
  readonly pictures?: readonly ModelPicture[]
  /** Tokens that a good answer needs at most, where the parameters do not say. */
  readonly outputTokens: number
  /** From the answer to the result. Throws AppError model_bad_answer when it does not fit the input: such an answer is not remembered. */
  readonly read: (answer: AnswerOf<Id>) => Result
}

/** Reasoning of hosted models counts as output, so their answers need room before the first word. */
const HOSTED_OUTPUT_TOKENS = 8192

export async function askModel<Id extends PromptId, Result>(access: ModelAccess, question: Question<Id, Result>): Promise<Result> {
  const { ref, role, prompt: id, pictures = [] } = question
  const parameters = parametersOf(ref)
  const rendered = renderPrompt(id, question.slots, access.prompts[id])
  const wire = wireSchemaOf(PROMPTS[id].answerSchema)
  const system =
    parameters.jsonSchema === false
      ? `${rendered.system}\nAnswer with one JSON object of this schema: ${JSON.stringify(wire)}`
      : rendered.system
  const outputTokens =
    parameters.maxOutputTokens ??
    (ref.provider.startsWith('server:') ? question.outputTokens : Math.max(question.outputTokens, HOSTED_OUTPUT_TOKENS))
  const context: CallContext = {
    provider: ref.provider,
    model: ref.model,
    timeoutMs: parameters.timeoutMs ?? access.clients.timeoutMs,
    secrets: access.clients.secrets,
  }
  const worstCase = {
    inputTokens: maxInputTokens(ref.provider, ref.model, [system, rendered.user, JSON.stringify(wire)], pictures),
    outputTokens,
  }
  const read = (answer: unknown) => question.read(parseAnswer(id, answer, context))

  const remembered = await access.desk.call(
    {
      role,
      provider: ref.provider,
      model: ref.model,
      content: {
        system,
        user: rendered.user,
        pictures: pictures.map(({ label, sha256 }) => ({ label, sha256 })),
        schema: wire,
        outputTokens,
      },
      worstCase,
      promptHash: sha256Of(rendered.hashInput),
      parameters: { ...ref.parameters, prompt: id, promptVersion: PROMPTS[id].version, isForkedPrompt: access.prompts[id] !== undefined },
    },
    async (signal) => {
      const given = await generate(access.clients, ref, { ...rendered, system }, wire, pictures, parameters, outputTokens, context, signal)
      const usage = {
        inputTokens: given.usage.inputTokens ?? worstCase.inputTokens,
        outputTokens: given.usage.outputTokens ?? outputTokens,
      }
      return { answer: withUsage(usage, () => checkedAnswer(given, context, read)), usage } satisfies ModelCallOutcome
    },
  )
  return read(remembered)
}

type Given = {
  readonly text: string
  readonly finishReason: string | undefined
  readonly usage: { inputTokens?: number | undefined; outputTokens?: number | undefined }
}

async function generate(
  clients: ProviderClients,
  ref: ProviderRef,
  prompt: RenderedPrompt,
  wire: ReturnType<typeof wireSchemaOf>,
  pictures: readonly ModelPicture[],
  parameters: ModelParameters,
  maxOutputTokens: number,
  context: CallContext,
  signal: AbortSignal,
): Promise<Given> {
  const { temperature, topP, seed, reasoning } = parameters
  try {
    const result = await generateText({
      model: await clients.language(ref, context.timeoutMs),
      instructions: prompt.system,
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt.user }, ...pictures.flatMap(partsOfPicture)] }],
      // Only the shape is said here; the answer is parsed below, where its cost is known.
      output: Output.object({ schema: jsonSchema<unknown>(wire), name: prompt.id.replaceAll('-', '_') }),
      maxOutputTokens,
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
      ...(seed === undefined ? {} : { seed }),
      ...(reasoning === undefined ? {} : { reasoning }),
      // OpenAI would keep questions and pictures for thirty days, and write summaries of its reasoning that nobody reads.
      ...(ref.provider === 'openai' ? { providerOptions: { openai: { store: false, reasoningSummary: null } } } : {}),
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(context.timeoutMs)]),
    })
    return { text: result.text, finishReason: result.finishReason, usage: result.usage }
  } catch (thrown) {
    if (NoObjectGeneratedError.isInstance(thrown)) {
      return { text: thrown.text ?? '', finishReason: thrown.finishReason, usage: thrown.usage ?? {} }
    }
    if (signal.aborted) throw stopped(signal)
    throw toModelError(thrown, context)
  }
}

function partsOfPicture(picture: ModelPicture) {
  return [
    { type: 'text' as const, text: picture.label },
    { type: 'file' as const, mediaType: 'image/jpeg', data: picture.jpeg },
  ]
}

/** The answer as it is remembered: parsed, and checked against the input. */
function checkedAnswer(given: Given, context: CallContext, read: (answer: unknown) => unknown): unknown {
  if (given.finishReason === 'content-filter') throw refused(context, 'declined to answer. Change the prompt, or take another model.')
  if (given.text.trim() === '') throw badAnswer(context, 'answered with nothing')
  const answer = readJsonAnswer(given.text)
  if (answer === undefined) {
    throw badAnswer(
      context,
      given.finishReason === 'length' ? 'had no room to end its answer; raise maxOutputTokens' : 'did not answer in JSON',
    )
  }
  read(answer)
  return answer
}

function parseAnswer<Id extends PromptId>(id: Id, answer: unknown, context: CallContext): AnswerOf<Id> {
  const schema: z.ZodType = PROMPTS[id].answerSchema
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data as AnswerOf<Id>
  const issue = parsed.error.issues[0]
  throw badAnswer(context, `answered in another shape than was asked for (${issue?.path.join('.') || 'top level'}: ${issue?.code})`, {
    prompt: id,
  })
}

/** A bad answer has cost its tokens all the same: `usage` says how many, and whoever cannot book that books the worst case. */
export function withUsage<Result>(usage: ModelCallOutcome['usage'], run: () => Result): Result {
  try {
    return run()
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    throw new AppError(thrown.code, thrown.message, { ...thrown.details, usage, isOutcomeUnknown: true })
  }
}

/** The run was stopped while the model worked. */
export function stopped(signal: AbortSignal): AppError {
  const { code, message, details } =
    signal.reason instanceof AppError ? signal.reason : new AppError('unavailable', 'The call was stopped before its answer came.')
  return new AppError(code, message, { ...details, isOutcomeUnknown: true })
}

/** Throws AppError invalid_input; settings were checked when they were saved, but a run may come from the command line. */
export function parametersOf(ref: ProviderRef): ModelParameters {
  const parsed = modelParametersSchema.safeParse(ref.parameters)
  if (parsed.success) return parsed.data
  throw new AppError('invalid_input', `The parameters of ${ref.provider}/${ref.model} cannot be used: ${parsed.error.issues[0]?.message}.`)
}
