/**
 * Splits a file of ours: front matter (YAML, still as text) between two lines of `---`, then Markdown. Line ends come out
 * as `\n`, the body trimmed. Undefined when it is not made like that.
 */
export function splitFrontMatter(text: string): { front: string; body: string } | undefined {
  const [, front, body] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined || body === undefined) return undefined
  return { front, body: body.replaceAll('\r\n', '\n').trim() }
}

/** A file of front matter and text, of which `partFrontMatter` gives back both to the last space. @param front whole lines */
export const joinFrontMatter = (front: string, body: string): string => `---\n${front}---\n\n${body}\n`

/** Takes apart what `joinFrontMatter` put together; line ends of Windows, where an editor wrote them, come out as `\n`. */
export function partFrontMatter(text: string): { front: string; body: string } | undefined {
  const [, end, front, rest] = /^\ufeff?---(\r?\n)([\s\S]*?\n)---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined || rest === undefined) return undefined
  const lines = end === '\r\n' ? rest.replaceAll('\r\n', '\n') : rest
  return { front, body: lines.replace(/^\n/, '').replace(/\n$/, '') }
}
