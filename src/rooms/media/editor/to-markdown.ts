import type { AlignType, BlockContent, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import { type Mark, type Node, Fragment } from 'prosemirror-model'
import { schema } from '#rooms/media/editor/schema.ts'

/** A block of the editor as Markdown's tree. What was typed (`typed`) has none: its text is its Markdown. */
export function mdastOf(node: Node): RootContent {
  switch (node.type.name) {
    case 'heading': return { type: 'heading', depth: node.attrs.level as 1, children: inlineOf(node) }
    case 'blockquote': return { type: 'blockquote', children: blocksOf(node) }
    case 'rule': return { type: 'thematicBreak' }
    case 'code_block': {
      const [lang = null, ...meta] = ((node.attrs.info as string | null) ?? '').split(' ')
      return { type: 'code', lang: lang || null, meta: meta.join(' ') || null, value: node.textContent }
    }
    case 'typed': return { type: 'html', value: node.textContent }
    case 'bullet_list':
    case 'ordered_list': {
      const spread = node.attrs.loose as boolean
      const children = node.children.map((item): ListItem => ({ type: 'listItem', spread, children: blocksOf(item) }))
      return { type: 'list', ordered: node.type.name === 'ordered_list', start: (node.attrs.start as number | undefined) ?? null, spread, children }
    }
    case 'table': return { type: 'table', align: node.attrs.align as AlignType[], children: node.children.map((row): TableRow => ({ type: 'tableRow', children: row.children.map((cell) => ({ type: 'tableCell', children: inlineOf(cell) })) })) }
    case 'note': return { type: 'footnoteDefinition', identifier: node.attrs.label as string, label: node.attrs.label as string, children: blocksOf(node) }
    default: return { type: 'paragraph', children: inlineOf(node) }
  }
}

/** Empty paragraphs have no Markdown. */
const blocksOf = (parent: Node) => parent.children.filter((child) => !isEmpty(child)).map(mdastOf) as BlockContent[]

export const isEmpty = (node: Node): boolean =>
  (node.type === schema.nodes.paragraph && node.children.every(isBlank)) || (node.type === schema.nodes.blockquote && node.children.every(isEmpty)) || (node.type === schema.nodes.typed && node.textContent.trim() === '')

const isBlank = (node: Node) => node.type === schema.nodes.soft_break || node.type === schema.nodes.hard_break || (node.isText && /^[ \t\n]*$/.test(node.text!) && !schema.marks.code.isInSet(node.marks))

function inlineOf(block: Node): PhrasingContent[] {
  return nested(trimmed(tightened(block.children)), [])
}

const HUGS = [schema.marks.em, schema.marks.strong, schema.marks.strike]
const isSpace = (node: Node) => node.type === schema.nodes.soft_break || node.type === schema.nodes.hard_break || (node.isText && node.text!.trim() === '')

/** Marks of Markdown hug their words: a space at the edge of a mark stands outside of it. Spaces look alike with and without. */
function tightened(nodes: readonly Node[]): Node[] {
  let pieces = nodes.flatMap((node) => (node.isText && !schema.marks.code.isInSet(node.marks) ? node.text!.match(/^\s+|\s+$|\S(?:[\s\S]*\S)?/g)!.map((text) => schema.text(text, node.marks)) : [node]))
  for (const type of HUGS) {
    pieces = pieces.map((piece, n) => {
      const mark = type.isInSet(piece.marks)
      if (!mark || !isSpace(piece) || schema.marks.code.isInSet(piece.marks)) return piece
      const has = (at: number) => pieces[at] !== undefined && mark.isInSet(pieces[at].marks)
      const edge = (step: number) => {
        let at = n + step
        while (has(at) && isSpace(pieces[at]!)) at += step
        return !has(at)
      }
      return edge(1) || edge(-1) ? piece.mark(mark.removeFromSet(piece.marks)) : piece
    })
  }
  return Fragment.fromArray(pieces).content.slice()
}

/** Spaces and line ends at the edges of a block are not shown, and Markdown has no plain sign for them. */
function trimmed(nodes: Node[]): Node[] {
  const done = [...nodes]
  const cut = (at: () => number, edge: RegExp) => {
    for (let node = done[at()]; node; node = done[at()]) {
      if (schema.marks.code.isInSet(node.marks)) return
      const text = node.isText ? node.text!.replace(edge, '') : isSpace(node) ? '' : undefined
      if (text === undefined || text === node.text) return
      if (text !== '') {
        done[at()] = schema.text(text, node.marks)
        return
      }
      done.splice(at(), 1)
    }
  }
  cut(() => 0, /^[ \t\n]+/)
  cut(() => done.length - 1, /[ \t\n]+$/)
  return done
}

/** Marks lie flat on the editor's text; in Markdown they stand in each other: the one that goes on longest is outermost. */
function nested(nodes: readonly Node[], within: readonly Mark[]): PhrasingContent[] {
  const done: PhrasingContent[] = []
  for (let n = 0; n < nodes.length;) {
    const node = nodes[n]!
    const left = node.marks.filter((mark) => mark.type !== schema.marks.code && !mark.isInSet(within))
    const runs = left.map((mark) => {
      let end = n + 1
      while (end < nodes.length && mark.isInSet(nodes[end]!.marks)) end++
      return { mark, end }
    })
    const longest = runs.reduce<(typeof runs)[number] | undefined>((best, one) => (!best || one.end > best.end ? one : best), undefined)
    if (longest) {
      done.push(...wrapped(longest.mark, nested(nodes.slice(n, longest.end), [...within, longest.mark])))
      n = longest.end
    } else {
      done.push(leaf(node))
      n++
    }
  }
  return done
}

function wrapped({ type, attrs }: Mark, children: PhrasingContent[]): PhrasingContent[] {
  switch (type.name) {
    case 'strong': return [{ type: 'strong', children }]
    case 'strike': return [{ type: 'delete', children }]
    case 'link': return [{ type: 'link', url: attrs.href as string, title: attrs.title as string | null, children: children as never }]
    case 'foreign': return [{ type: 'html', value: `<${attrs.tag} lang="${attrs.lang}">` }, ...children, { type: 'html', value: `</${attrs.tag}>` }]
    default: return [{ type: 'emphasis', children }]
  }
}

function leaf(node: Node): PhrasingContent {
  switch (node.type.name) {
    case 'hard_break': return { type: 'break' }
    case 'soft_break': return { type: 'text', value: '\n' }
    case 'note_mark': return { type: 'footnoteReference', identifier: node.attrs.label as string, label: node.attrs.label as string }
    default: return schema.marks.code.isInSet(node.marks) ? { type: 'inlineCode', value: node.text! } : { type: 'text', value: node.text! }
  }
}
