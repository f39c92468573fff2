import { AppError } from '@/core/errors'
import type { RegisteredManifest } from '@/server/models/registered-manifest'
import { registeredFolder } from '@/server/models/registered-manifest'
import { listRegisteredModels, registerModel } from '@/worker/models/register-model'
import { defineCommand } from './arguments'

export const command = defineCommand({
  summary: 'register an ONNX model folder for pipelines (add DIR), or list those registered (list)',
  options: {},
  operands: ['add|list', '[DIR]'],
  needsDatabase: false,
  async run({ operands: [action, folder] }, io) {
    if (action === 'add' && folder !== undefined) {
      const model = summaryOf(await registerModel(io.path(folder)))
      io.result(model, `${model.name} is registered (${model.dtype}, ${model.files} files, ${model.bytes} bytes)`)
      return 0
    }
    if (action === 'list' && folder === undefined) {
      const models = (await listRegisteredModels()).map(summaryOf)
      const lines = models.map((model) => `${model.name}  ${model.dtype}  ${model.bytes} bytes`)
      io.result({ folder: registeredFolder(), models }, lines.join('\n') || `No model is registered in ${registeredFolder()}.`)
      return 0
    }
    throw new AppError('invalid_input', 'Say `crema models add DIR` or `crema models list`.', { word: action })
  },
})

function summaryOf({ name, dtype, files }: RegisteredManifest) {
  return { name, dtype, files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
}
