import type { ProviderRef } from '@/core/pipeline/settings'

type Parameters = ProviderRef['parameters']

/** `temperature=0 jsonSchema=false reasoning=low` */
export function writeParameters(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
}

function readValue(word: string): number | boolean | string {
  if (word === 'true' || word === 'false') return word === 'true'
  const number = Number(word)
  return word !== '' && Number.isFinite(number) ? number : word
}

/** The parameters of a line, or what is wrong with it. Which names there are and what they may be, `checkSettings` says. */
export function parseParameters(text: string): Parameters | string {
  const words = text.trim().split(/\s+/).filter(Boolean)
  const bad = words.find((word) => !/^[A-Za-z]\w{0,63}=\S{1,200}$/.test(word))
  if (bad !== undefined) return `“${bad}” is not written as name=value.`
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      return [word.slice(0, at), readValue(word.slice(at + 1))]
    }),
  )
}
