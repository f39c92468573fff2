/** The JSON in the text of a model's answer. Models wrap it in a fence of Markdown or add a friendly sentence; nothing else is mended. */

/** undefined = there is no JSON object to be found. Never throws. */
export function readJsonAnswer(text: string): unknown {
  const whole = parse(text)
  if (whole !== undefined) return whole
  const start = text.indexOf('{')
  if (start === -1) return undefined
  const end = endOfObject(text, start)
  return end === -1 ? undefined : parse(text.slice(start, end))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Place after the bracket that closes the object beginning at `start`; -1 when the text ends before. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  let isInString = false
  for (let place = start; place < text.length; place += 1) {
    const character = text[place]
    if (isInString) {
      if (character === '\\') place += 1
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return place + 1
    }
  }
  return -1
}
