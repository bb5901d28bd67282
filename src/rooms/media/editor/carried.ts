import { Fragment, type Node, Slice } from 'prosemirror-model'
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { openText, writeText } from '#rooms/media/editor/opened-text.ts'
import { schema } from '#rooms/media/editor/schema.ts'

const { nodes } = schema

/** What is chosen, as Markdown. */
export function chosenMarkdown({ selection }: EditorState): string {
  const { content } = selection.content()
  const blocks = content.firstChild?.isInline ? Fragment.from(nodes.paragraph.create(null, content)) : content
  const doc = nodes.doc.create(null, blocks)
  return writeText({ doc, pieces: [], between: [''] }, doc)
}

/** Puts Markdown in the place of what is chosen: words into the paragraph that she is in, blocks between, footnotes at the end. */
export function putMarkdown(state: EditorState, markdown: string): Transaction {
  const blocks = openText(markdown).doc.children
  const { tr, selection: { $from } } = state
  if ($from.parent.type.spec.code) return tr.insertText(markdown)
  const notes = blocks.filter(({ type }) => type === nodes.note)
  const others = blocks.filter(({ type }) => type !== nodes.note)
  if ($from.parent.type !== nodes.paragraph && others.every(({ isTextblock }) => isTextblock)) tr.replaceSelection(new Slice(wordsFor($from.parent, others), 0, 0))
  else if ($from.parent.type === nodes.table_cell) tr.replaceSelection(new Slice(wordsFor($from.parent, others), 0, 0))
  else if (others.length > 0) {
    const isEmpty = $from.depth === 1 && $from.parent.content.size === 0 && state.selection.empty
    const open = (node: Node | undefined) => (node?.type === nodes.paragraph ? 1 : 0)
    // Whole blocks take the place of an empty paragraph.
    if (isEmpty) {
      tr.replaceWith($from.before(), $from.after(), others)
      tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map($from.after())), -1))
    } else tr.replaceSelection(new Slice(Fragment.from(others), open(others[0]), open(others.at(-1))))
  }
  if (notes.length > 0) tr.insert(endOf(tr.doc), notes)
  return tr.scrollIntoView()
}

/** The words of blocks in one line, as a heading or a cell takes them. */
function wordsFor(parent: Node, blocks: readonly Node[]): Fragment {
  const inline: Node[] = []
  nodes.doc.create(null, blocks).descendants((node) => {
    if (node.isTextblock && inline.length > 0) inline.push(schema.text(' '))
    if (node.isInline) inline.push(parent.type.contentMatch.matchType(node.type) ? node : schema.text(' '))
  })
  return Fragment.from(inline)
}

/** Before the empty paragraph that a text may end with. */
export function endOf(doc: Node): number {
  const last = doc.lastChild
  return doc.content.size - (doc.childCount > 1 && last?.type === nodes.paragraph && last.content.size === 0 ? last.nodeSize : 0)
}
