import { ExternalHyperlink, FootnoteReferenceRun, type INumberingOptions, type IRunOptions, LevelFormat, Paragraph, type ParagraphChild, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'
import { direction, type Lang } from '#kernel/language/language.ts'
import type { PrintNode } from '#kernel/print/nodes.ts'
import { forXml } from '#kernel/words/escape.ts'

/** As `nodes.ts` makes them of a text, as Word's own paragraphs, lists, tables and footnotes. */
export interface WordBody {
  blocks: (Paragraph | Table)[]
  footnotes: Record<string, { children: Paragraph[] }>
  numbering: INumberingOptions
}

interface Writing {
  lang: Lang
  footnotes: WordBody['footnotes']
  /** Numbered lists by where they begin; each list of its own begins anew. */
  starts: Set<number>
  lists: number
}

type Form = Pick<IRunOptions, 'bold' | 'italics' | 'strike' | 'superScript' | 'subScript' | 'font' | 'style'>

const POINTS = 'points'
const LEVELS = 9
const INDENT = 360

export function wordBody(nodes: readonly PrintNode[], lang: Lang): WordBody {
  const writing: Writing = { lang, footnotes: {}, starts: new Set(), lists: 0 }
  const blocks = nodes.flatMap((node) => blockOf(node, writing, {}))
  return { blocks, footnotes: writing.footnotes, numbering: numberingOf(writing.starts) }
}

/** A paragraph of a language, laid out in its direction. */
export function paragraph(lang: Lang, children: ParagraphChild[], more: ConstructorParameters<typeof Paragraph>[0] & object = {}): Paragraph {
  return new Paragraph({ ...more, bidirectional: direction(lang) === 'rtl', children })
}

/** Plain words as Word can hold them: a control character or half a letter would make the whole file unreadable. */
export function words(lang: Lang, text: string, form: IRunOptions = {}): TextRun {
  const tag = wordTag(lang)
  return new TextRun({ ...form, text: forXml(text).replaceAll('\u200b', ''), rightToLeft: direction(lang) === 'rtl', language: { value: tag, bidirectional: tag } })
}

interface Placed { level?: number; reference?: string; instance?: number; style?: string }

function blockOf(node: PrintNode, writing: Writing, placed: Placed): (Paragraph | Table)[] {
  const { lang } = writing
  const { level = 0, reference, instance = 0, style } = placed
  const about = { ...(reference && { numbering: { reference, level, instance } }), ...(style && { style }) }
  const inner = () => inlineOf(node.children ?? [], writing, {}, lang)
  switch (node.type) {
    case 'paragraph': return [paragraph(lang, inner(), about)]
    case 'heading': return [paragraph(lang, inner(), { heading: `Heading${Math.min(Number(node.depth), 6)}` as 'Heading1' })]
    case 'list': return listOf(node, writing, reference === undefined ? 0 : level + 1)
    case 'blockquote': return [
      ...(node.children ?? []).flatMap((child) => blockOf(child, writing, { style: 'Quote' })),
      ...((node.by as PrintNode[]).length > 0 ? [paragraph(lang, inlineOf(node.by as PrintNode[], writing, {}, lang), { style: 'Quote' })] : []),
    ]
    case 'code': return [paragraph(lang, String(node.value).split('\n').map((line, i) => words(lang, line, { font: 'Courier New', ...(i > 0 && { break: 1 }) })), about)]
    case 'thematicBreak': return [paragraph(lang, [], { thematicBreak: true })]
    case 'table': return tableOf(node, writing)
    default: return [paragraph(lang, inlineOf([node], writing, {}, lang), about)]
  }
}

/** What stands in one point after its first paragraph stands below it, without a sign of its own. */
function listOf(node: PrintNode, writing: Writing, level: number): (Paragraph | Table)[] {
  const start = Number(node.start ?? 1) || 1
  if (node.ordered) writing.starts.add(start)
  const reference = node.ordered ? `numbers-${start}` : POINTS
  const instance = ++writing.lists
  const at = Math.min(level, LEVELS - 1)
  return (node.children ?? []).flatMap((item) => (item.children ?? []).flatMap((child, i) => {
    if (child.type === 'list') return listOf(child, writing, at + 1)
    return i === 0 ? blockOf(child, writing, { level: at, reference, instance }) : blockOf(child, writing, { style: 'ListParagraph' })
  }))
}

function tableOf(node: PrintNode, writing: Writing): (Paragraph | Table)[] {
  const { lang } = writing
  const rows = (node.children ?? []).map((row, i) => new TableRow({
    tableHeader: i === 0,
    children: (row.children ?? []).map((cell) => new TableCell({ children: [paragraph(lang, inlineOf(cell.children ?? [], writing, i === 0 ? { bold: true } : {}, lang))] })),
  }))
  const table = new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE }, visuallyRightToLeft: direction(lang) === 'rtl' })
  const caption = node.caption as PrintNode[]
  return [table, paragraph(lang, inlineOf(caption, writing, {}, lang), caption.length > 0 ? { style: 'Caption' } : {})]
}

function inlineOf(nodes: readonly PrintNode[], writing: Writing, form: Form, lang: Lang, inNote = false): ParagraphChild[] {
  return nodes.flatMap((node): ParagraphChild[] => {
    const inner = (more: Form, of = lang) => inlineOf(node.children ?? [], writing, { ...form, ...more }, of, inNote)
    switch (node.type) {
      case 'text': return [words(lang, String(node.value), form)]
      case 'strong': return inner({ bold: true })
      case 'emphasis': return inner({ italics: true })
      case 'delete': return inner({ strike: true })
      case 'raised': return inner({ superScript: true })
      case 'lowered': return inner({ subScript: true })
      case 'inlineCode': return [words(lang, String(node.value), { ...form, font: 'Courier New' })]
      case 'break': return [new TextRun({ break: 1 })]
      case 'foreign': return inner({}, String(node.lang))
      case 'link': return [new ExternalHyperlink({ link: forXml(String(node.url)), children: inner({ style: 'Hyperlink' }) })]
      // Word has no note in a note: there its words stand in brackets.
      case 'footnote': return inNote ? [words(lang, ' (', form), ...inner({}), words(lang, ')', form)] : noteOf(node, writing, lang)
      case 'footnoteAgain': return [words(lang, String(node.id), { superScript: true })]
      default: return inner({})
    }
  })
}

function noteOf(node: PrintNode, writing: Writing, lang: Lang): ParagraphChild[] {
  const id = Object.keys(writing.footnotes).length + 1
  writing.footnotes[id] = { children: [] }
  writing.footnotes[id] = { children: [paragraph(lang, inlineOf(node.children ?? [], writing, {}, lang, true))] }
  return [new FootnoteReferenceRun(id)]
}

function numberingOf(starts: ReadonlySet<number>): INumberingOptions {
  const levels = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: (level: number) => string, start = 1) => Array.from({ length: LEVELS }, (_, level) => ({
    level, format, text: text(level), start: level === 0 ? start : 1, style: { paragraph: { indent: { left: INDENT * (level + 1), hanging: INDENT } } },
  }))
  return { config: [
    { reference: POINTS, levels: levels(LevelFormat.BULLET, () => '•') },
    ...[...starts].map((start) => ({ reference: `numbers-${start}`, levels: levels(LevelFormat.DECIMAL, (level) => `%${level + 1}.`, start) })),
  ] }
}

/** Word writes `pt-BR`; a tag that is none it would not open. */
function wordTag(lang: Lang): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
