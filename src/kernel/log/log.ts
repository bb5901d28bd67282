import { scrub } from '#kernel/log/scrub.ts'

export type Level = 'info' | 'warning' | 'error'
export type Fields = Record<string, string | number | boolean | null | undefined>

export interface Log {
  info(event: string, fields?: Fields): void
  warning(event: string, fields?: Fields): void
  error(event: string, error?: unknown, fields?: Fields): void
}

/**
 * One JSON line an event. Nobody may be found in a log that is seized or mailed around: no address, no query, no name,
 * no text; a request appears by its route's template (`/[lang]/media/[slug]`). What slips into an error's message is
 * scrubbed before it is written.
 */
export function openLog(write: (line: string) => void = toStderr, clock: () => Temporal.Instant): Log {
  const put = (level: Level, event: string, fields: Fields = {}) => {
    const at = clock().round('millisecond').toString()
    const clean = Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? scrub(value) : value])
    write(JSON.stringify({ at, level, event, ...Object.fromEntries(clean) }) + '\n')
  }
  return {
    info: (event, fields) => put('info', event, fields),
    warning: (event, fields) => put('warning', event, fields),
    error: (event, error, fields) => put('error', event, { ...fields, ...describe(error) }),
  }
}

function toStderr(line: string) {
  process.stderr.write(line)
}

/**
 * The kind, code and places in our code of an error. A database error's detail is left out, for it quotes row values; so
 * is its message where the value itself was at fault (class 22: `invalid input syntax for type uuid: "what was typed"`).
 */
function describe(error: unknown): Fields {
  if (error === undefined) return {}
  if (!(error instanceof Error)) return { error: typeof error === 'string' ? error : typeof error }
  const { code } = error as { code?: unknown }
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6)
  return {
    error: error.name,
    code: typeof code === 'string' ? code : undefined,
    message: typeof code === 'string' && /^22...$/.test(code) ? undefined : error.message.split('\n')[0],
    stack: places.map((line) => line.trim()).join(' | ') || undefined,
  }
}
