import * as v from 'valibot'
import { isId } from '#kernel/id/id.ts'
import { isLangTag } from '#kernel/language/language.ts'

// What the parts of an export are made of, checked before anything is written.

export const ExportedId = v.pipe(v.string(), v.check((text) => isId(text) || /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text), 'no id'))
export const ExportedLang = v.pipe(v.string(), v.check((text) => isLangTag(text) && text.length <= 35, 'no language'))
export const ExportedHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'no hash'))
/** A text as the database can hold it. */
export const ExportedText = v.pipe(v.string(), v.check((text) => !text.includes('\0') && text.isWellFormed(), 'a sign that no text holds'))
export const ExportedInstant = v.pipe(v.string(), v.check((text) => reads(() => Temporal.Instant.from(text)), 'no moment'), v.transform((text) => Temporal.Instant.from(text)))
export const ExportedDay = v.pipe(v.string(), v.check((text) => reads(() => Temporal.PlainDate.from(text)), 'no day'), v.transform((text) => Temporal.PlainDate.from(text)))

function reads(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

/** Moments and days as texts, to be written. */
export function written(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  if (Array.isArray(value)) return value.map(written)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]))
}
