import { textOfRows } from '#rooms/media/behind.ts'
import type { Translating, Typed } from '#rooms/media/server/writing-actions.ts'
import { readTyped, typedWhole } from './writing-typed.ts'

/** What was typed beside the source, paragraph by paragraph in the order of the page; or whole, where a conflict was settled. */
export function readTranslation(form: FormData): Typed {
  const typed = readTyped(form)
  if (form.has('body')) return typed
  const rows = [...form.entries()].flatMap(([name, text]) => (/^[pg]\.\d+$/.test(name) && typeof text === 'string' ? [{ text: text.replaceAll('\0', ''), isOfSource: name.startsWith('p') }] : []))
  return { ...typed, bodyMarkdown: textOfRows(rows.map(({ text, isOfSource }) => ({ text: text.replace(/\r\n?/g, '\n'), isOfSource }))) }
}

/** What she says of it: which source she saw, and whether her text follows it. Undefined where the page asked nothing of it. */
export function readTranslating(form: FormData): Translating | undefined {
  const sourceId = typedWhole(form, 'source')
  return sourceId === '' ? undefined : { sourceId, isFollowing: form.get('follows') === 'on', byMachine: form.get('machine') === 'on', ...(form.has('credit') && { credit: typedWhole(form, 'credit').replace(/\s+/g, ' ').trim() }) }
}
