import { Document, Packer } from 'docx'
import type { Lang } from '#kernel/language/language.ts'
import { nodesOf } from '#kernel/print/nodes.ts'
import { paragraph, wordBody, words } from '#kernel/print/word-nodes.ts'
import { forXml } from '#kernel/words/escape.ts'

/** A text as a plain Word file, to be worked on elsewhere and brought back: its title, teaser and body, and no name of anybody. */
export async function wordDraft({ lang, title, teaser, bodyHtml, notesHtml }: { lang: Lang; title: string; teaser: string; bodyHtml: string; notesHtml: string }, address: string): Promise<Buffer> {
  const body = wordBody(nodesOf({ html: bodyHtml, notes: notesHtml, address, shown: [] }), lang)
  const children = [paragraph(lang, [words(lang, title)], { heading: 'Title' }), ...(teaser === '' ? [] : [paragraph(lang, [words(lang, teaser)])]), ...body.blocks]
  return Packer.toBuffer(new Document({ title: forXml(title), creator: '', lastModifiedBy: '', footnotes: body.footnotes, numbering: body.numbering, sections: [{ children }] }))
}
