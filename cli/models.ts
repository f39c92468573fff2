import { AppError } from '@/core/errors'
import { type RegisteredManifest, registeredFolder } from '@/server/models/registered-manifest'
import { listRegisteredModels } from '@/server/models/registered-models'
import { registerModel } from '@/worker/models/register-model'
import { defineCommand } from './arguments'

const MAX_LICENCE = 200

export const command = defineCommand({
  summary: 'register an ONNX model folder for pipelines (add DIR), or list those registered (list)',
  options: {
    licence: { type: 'string', placeholder: 'TEXT', summary: 'licence of the model (default: what its README.md says; of add only)' },
  },
  operands: ['add|list', '[DIR]'],
  needsDatabase: false,
  async run({ operands: [action, folder], licence }, io) {
    if (action === 'add' && folder !== undefined) {
      const model = summaryOf(await registerModel(io.path(folder), registeredFolder(), licence === undefined ? null : checked(licence)))
      io.result(model, `${model.name} is registered (${detailsOf(model)}, ${model.files} files)`)
      return 0
    }
    if (action === 'list' && folder === undefined && licence === undefined) {
      const models = (await listRegisteredModels()).map(summaryOf)
      const lines = models.map((model) => `${model.name}  ${detailsOf(model)}`)
      io.result({ folder: registeredFolder(), models }, lines.join('\n') || `No model is registered in ${registeredFolder()}.`)
      return 0
    }
    throw new AppError('invalid_input', 'Say `crema models add DIR` or `crema models list`.', { word: action })
  },
})

function checked(licence: string): string {
  const text = licence.trim()
  if (text !== '' && text.length <= MAX_LICENCE && !/\p{Cc}/u.test(text)) return text
  throw new AppError('invalid_input', `--licence is one line of 1 to ${MAX_LICENCE} characters.`, { option: 'licence' })
}

type Summary = ReturnType<typeof summaryOf>

function summaryOf({ name, dtype, licence, files }: RegisteredManifest) {
  return { name, dtype, licence, files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
}

function detailsOf({ dtype, bytes, licence }: Summary): string {
  return `${dtype}, ${bytes} bytes, licence ${licence ?? 'unknown'}`
}
