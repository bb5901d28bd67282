/**
 * Splits a file of ours: front matter (YAML, still as text) between two lines of `---`, then Markdown. Line ends come out
 * as `\n`, the body trimmed. Undefined when it is not made like that.
 */
export function splitFrontMatter(text: string): { front: string; body: string } | undefined {
  const [, front, body] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined || body === undefined) return undefined
  return { front, body: body.replaceAll('\r\n', '\n').trim() }
}
