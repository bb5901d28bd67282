import type { Lang } from '#kernel/language/language.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { problemsOf } from '#rooms/media/writing-form.ts'
import type { DeskItem } from '#rooms/media/server/desk-item-queries.ts'
import { findPreview, type OtherWords, type Previewed } from '#rooms/media/server/preview-queries.ts'
import { findTyping, hasUnsaved } from '#rooms/media/server/typing-queries.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { itemAt } from './item-desk.ts'
import { namedShown } from './named-signers.ts'
import { signedIn } from './signed-in.ts'

export interface PreviewAtDesk {
  item: DeskItem
  /** Undefined while nothing is saved in the language. */
  preview: Previewed | undefined
  /** What the reader of this page has typed and not saved: hers alone. */
  typed: 'none' | 'there' | 'shown' | 'too-hard'
}

/** A text as its page would draw it, for whoever reads the item at the desk. @param wantsTyped with what she has typed herself in place of the saved words */
export async function previewAt(locals: App.Locals, { id, lang }: { id: string; lang: Lang }, wantsTyped: boolean): Promise<PreviewAtDesk> {
  const who = signedIn(locals.viewer)
  const { now, reading: { db } } = locals
  const item = await itemAt(locals, id)
  const isThere = mayWrite(who, item, lang) && (await hasUnsaved(db, id, lang, who.id))
  const words = isThere && wantsTyped ? await typedWords(db, id, lang, who.id) : undefined
  const preview = await findPreview(db, id, lang, now, namedShown, words ?? undefined)
  return { item, preview, typed: !isThere ? 'none' : !wantsTyped ? 'there' : words ? 'shown' : 'too-hard' }
}

/** Null for what cannot be made a page. */
async function typedWords(db: App.Locals['reading']['db'], id: string, lang: Lang, personId: string): Promise<OtherWords | null | undefined> {
  const typed = await findTyping(db, id, lang, personId)
  if (!typed) return undefined
  const { title, teaser, bodyMarkdown } = typed
  // A title may be missing while one writes.
  if (problemsOf({ title: title || '–', teaser, bodyMarkdown }).length > 0) return null
  try {
    return { title, teaser, bodyMarkdown, ...(await renderMarkdown(bodyMarkdown, lang)) }
  } catch (thrown) {
    if (thrown instanceof Unrenderable) return null
    throw thrown
  }
}
