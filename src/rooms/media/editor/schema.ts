import { type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model'
import { linkable } from '#rooms/media/editor/linkable.ts'

/**
 * What a text may hold in the visual editor, drawn as readers see it. What Markdown can say beyond this stands in it as it was
 * typed (`typed`): its own signs, in a face that shows them.
 */
const nodes = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    content: '(text | soft_break | note_mark)*', group: 'block', defining: true, attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    // The page's own title is the only first heading.
    toDOM: ({ attrs }: Node) => [`h${Math.max(2, attrs.level as number)}`, 0],
  },
  blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
  bullet_list: { content: 'list_item+', group: 'block', attrs: { loose: { default: false } }, parseDOM: [{ tag: 'ul' }], toDOM: ({ attrs }: Node) => ['ul', looseness(attrs), 0] },
  ordered_list: {
    content: 'list_item+', group: 'block', attrs: { start: { default: 1 }, loose: { default: false } }, parseDOM: [{ tag: 'ol' }],
    toDOM: ({ attrs }: Node) => ['ol', { start: attrs.start === 1 ? undefined : String(attrs.start), ...looseness(attrs) }, 0],
  },
  list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  code_block: { content: 'text*', marks: '', group: 'block', code: true, defining: true, attrs: { info: { default: null } }, parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }], toDOM: () => ['pre', ['code', 0]] },
  typed: {
    content: 'text*', marks: '', group: 'block', code: true, defining: true, isolating: true,
    parseDOM: [{ tag: 'pre.typed', preserveWhitespace: 'full', priority: 60 }], toDOM: () => ['pre', { class: 'typed' }, ['code', 0]],
  },
  rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  table: { content: 'table_row+', group: 'block', isolating: true, attrs: { align: { default: [] } }, parseDOM: [{ tag: 'table' }], toDOM: () => ['div', { class: 'scroll' }, ['table', ['tbody', 0]]] },
  table_row: { content: 'table_cell+', attrs: { head: { default: false } }, parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
  table_cell: {
    content: '(text | note_mark)*', isolating: true, attrs: { head: { default: false } },
    parseDOM: [{ tag: 'th', attrs: { head: true } }, { tag: 'td' }], toDOM: ({ attrs }: Node) => (attrs.head ? ['th', { scope: 'col' }, 0] : ['td', 0]),
  },
  note: {
    content: 'block+', group: 'block', defining: true, isolating: true, attrs: { label: {} },
    parseDOM: [{ tag: 'div.note', getAttrs: (dom: HTMLElement) => ({ label: dom.dataset.label }) }], toDOM: ({ attrs }: Node) => ['div', { class: 'note', 'data-label': String(attrs.label) }, 0],
  },
  note_mark: {
    inline: true, group: 'inline', atom: true, attrs: { label: {} },
    parseDOM: [{ tag: 'sup[data-label]', getAttrs: (dom: HTMLElement) => ({ label: dom.dataset.label }) }], toDOM: ({ attrs }: Node) => ['sup', { class: 'note-mark', 'data-label': String(attrs.label) }, String(attrs.label)],
    leafText: () => '',
  },
  hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'], leafText: () => '\n' },
  /** The end of a line in the Markdown, which readers see as a space. */
  soft_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'span[data-line]' }], toDOM: () => ['span', { 'data-line': '' }, ' '], leafText: () => ' ' },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>

/** In this order marks stand in each other, the first outermost. */
const marks = {
  link: {
    attrs: { href: {}, title: { default: null } }, inclusive: false,
    parseDOM: [{ tag: 'a[data-href]', getAttrs: (dom: HTMLElement) => ({ href: dom.dataset.href, title: dom.getAttribute('title') }) }],
    // A link that readers would not get is none here either; what was typed is kept all the same.
    toDOM: ({ attrs }: { attrs: Attrs }) => ['a', { 'data-href': String(attrs.href), href: linkable(String(attrs.href)), title: attrs.title as string | null }, 0] as DOMOutputSpec,
  },
  /** Words of another language: `<i lang="en">…</i>`, the one HTML that the house keeps. */
  foreign: {
    attrs: { tag: { default: 'i' }, lang: {} },
    parseDOM: [{ tag: 'i[lang], span[lang]', priority: 60, getAttrs: (dom: HTMLElement) => ({ tag: dom.localName, lang: dom.lang }) }],
    toDOM: ({ attrs }: { attrs: Attrs }) => [attrs.tag as string, { lang: attrs.lang as string }, 0] as DOMOutputSpec,
  },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: () => ['em', 0] },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: () => ['del', 0] },
  code: { parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
} satisfies Record<string, MarkSpec>

export type NodeName = keyof typeof nodes

const looseness = ({ loose }: Attrs) => ({ class: loose ? 'loose' : undefined })

export const schema = new Schema({ nodes: nodes as Record<keyof typeof nodes, NodeSpec>, marks: marks as Record<keyof typeof marks, MarkSpec> })
