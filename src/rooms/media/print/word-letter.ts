import { AlignmentType, BorderStyle, Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx'
import { direction } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { nodesOf } from '#kernel/print/nodes.ts'
import { paragraph, wordBody, words } from '#kernel/print/word-nodes.ts'
import type { Site } from '#kernel/site/site.ts'
import { forXml } from '#kernel/words/escape.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { type Paper, paperData } from '#rooms/media/print/paper-data.ts'

// The colours of the look: ink for what is read, red for the rule under the name.
const [INK, RED] = ['1b1411', 'c8141e']
const [SANS, SERIF] = ['Arial', 'Georgia']
const PAGE = { a4: { width: 11906, height: 16838 }, letter: { width: 12240, height: 15840 } }

/** A text on the letterhead of the site, as a Word file: the same words that its PDF has. */
export async function wordLetter(item: ItemPage, paper: Paper, site: Site, address: string): Promise<Buffer> {
  const { lang } = item
  const data = paperData(item, paper, site, address)
  const body = wordBody(nodesOf({ html: item.bodyHtml, notes: item.notesHtml, address, shown: [] }), lang)
  const small = (text: string, more = {}) => paragraph(lang, [words(lang, text, { size: 18, font: SANS })], { spacing: { after: 60 }, ...more })
  const spoken = { locale: lang as 'en' }
  const bylines = [...(item.byline ? [m.item_by({ name: item.byline }, spoken)] : []), ...(item.translator ? [m.item_translator({ name: item.translator }, spoken)] : [])]
  const facts: [string, string[]][] = [[data.when.label, [data.when.words]], ...data.facts]
  const line = (label: string, said: string) => paragraph(lang, [words(lang, `${label}: `, { size: 18, font: SANS, bold: true }), words(lang, said, { size: 18, font: SANS })], { spacing: { after: 40 } })
  const children = [
    // First, so that other programs take it for the title.
    paragraph(lang, [words(lang, data.title)], { heading: 'Title' }),
    paragraph(lang, [words(lang, data.kind, { size: 18, font: SANS, bold: true, allCaps: true })]),
    ...(data.teaser ? [paragraph(lang, [words(lang, data.teaser, { font: SANS, size: 26 })], { spacing: { after: 200 } })] : []),
    ...facts.map(([label, values]) => line(label, values.join(', '))),
    ...bylines.map((one) => small(one)), ...data.notices.map((one) => small(one)),
    ...body.blocks,
    small(data.signed.label, { spacing: { before: 360, after: 60 } }),
    ...data.signed.names.map((name) => paragraph(lang, [words(lang, name, { font: SANS, size: 18, bold: true })], { spacing: { after: 40 } })),
    ...data.ends.flatMap(({ title, lines }) => [small(title, { spacing: { before: 240, after: 60 } }), ...lines.map((one) => small(one))]),
  ]
  return Packer.toBuffer(new Document({
    title: forXml(data.title), description: forXml(data.teaser), creator: forXml(data.org), lastModifiedBy: forXml(data.org), keywords: forXml(data.keywords.join(', ')),
    styles: STYLES, footnotes: body.footnotes, numbering: body.numbering,
    sections: [{
      properties: { page: { size: PAGE[paper], margin: { top: 1700, bottom: 1500, left: 1300, right: 1300 } } },
      headers: { default: letterhead(item, data.org, data.room) },
      footers: { default: foot(item, site, [address, ...data.foot]) },
      children,
    }],
  }))
}

function letterhead({ lang }: ItemPage, name: string, room: string): Header {
  return new Header({ children: [
    paragraph(lang, [words(lang, name, { font: SANS, size: 28, bold: true })], { spacing: { after: 20 } }),
    paragraph(lang, [words(lang, room, { font: SANS, size: 18 })], { spacing: { after: 240 }, border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 4 } } }),
  ] })
}

function foot({ lang }: ItemPage, { contact }: Site, lines: string[]): Footer {
  const said = [...(contact.email ? [contact.email] : []), ...lines]
  return new Footer({ children: [
    paragraph(lang, [words(lang, said.join('  ·  '), { font: SANS, size: 15 })], { border: { top: { style: BorderStyle.SINGLE, size: 6, color: INK, space: 4 } } }),
    new Paragraph({ bidirectional: direction(lang) === 'rtl', alignment: AlignmentType.END, children: [new TextRun({ font: SANS, size: 15, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] }),
  ] })
}

const heading = (size: number) => ({ run: { font: SANS, size, bold: true, color: INK }, paragraph: { spacing: { before: 280, after: 100 }, keepNext: true } })
const STYLES = {
  default: {
    document: { run: { font: SERIF, size: 22, color: INK }, paragraph: { spacing: { after: 140, line: 290 } } },
    title: { run: { font: SANS, size: 52, bold: true, color: INK }, paragraph: { spacing: { before: 60, after: 160 } } },
    heading1: heading(30), heading2: heading(26), heading3: heading(24), heading4: heading(22), heading5: heading(22), heading6: heading(22),
  },
  paragraphStyles: [{ id: 'Quote', name: 'Quote', basedOn: 'Normal', run: { italics: true }, paragraph: { indent: { left: 560, right: 560 } } }],
}
