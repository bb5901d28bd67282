import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import type { Node, NodeType, ResolvedPos } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { endOf } from '#rooms/media/editor/carried.ts'
import { schema } from '#rooms/media/editor/schema.ts'
import { addTable } from '#rooms/media/editor/table-commands.ts'

const { nodes, marks } = schema

/** The innermost block of these kinds that a place stands in, with where it begins. */
export function within($pos: ResolvedPos, ...types: NodeType[]): { node: Node; pos: number; depth: number } | undefined {
  for (let depth = $pos.depth; depth > 0; depth--) if (types.includes($pos.node(depth).type)) return { node: $pos.node(depth), pos: $pos.before(depth), depth }
  return undefined
}

const isHeading = ({ selection: { $from } }: EditorState, level: number) => $from.parent.type === nodes.heading && $from.parent.attrs.level === level
const heading = (level: number): Command => (state, dispatch) => (isHeading(state, level) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(state, dispatch)

const quote: Command = (state, dispatch) => (within(state.selection.$from, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch)

/** Into a list, out of it, or from one kind into the other. */
const list = (type: NodeType): Command => (state, dispatch) => {
  const around = within(state.selection.$from, nodes.bullet_list, nodes.ordered_list)
  if (!around) return wrapInList(type)(state, dispatch)
  if (around.node.type === type) return liftListItem(nodes.list_item)(state, dispatch)
  dispatch?.(state.tr.setNodeMarkup(around.pos, type, { loose: around.node.attrs.loose }))
  return true
}

export function labelsOf(doc: Node): string[] {
  const labels: string[] = []
  doc.descendants((node) => {
    if (node.type === nodes.note || node.type === nodes.note_mark) labels.push(String(node.attrs.label))
  })
  return labels
}

/** A mark where she is, and its note at the end of the text, where she goes on. */
const footnote: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  if (within($from, nodes.note) || !$from.sameParent($to) || !$from.parent.type.contentMatch.matchType(nodes.note_mark)) return false
  if (!dispatch) return true
  const label = String(Math.max(0, ...labelsOf(state.doc).map(Number).filter(Number.isInteger)) + 1)
  const tr = state.tr.insert($to.pos, nodes.note_mark.create({ label }))
  const end = endOf(tr.doc)
  tr.insert(end, nodes.note.create({ label }, nodes.paragraph.create()))
  dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView())
  return true
}

/** From a note back to where it is marked. */
export const toMark: Command = ({ selection: { $from }, doc, tr }, dispatch) => {
  const note = within($from, nodes.note)
  let at: number | undefined
  if (note) doc.descendants((node, pos) => {
    if (node.type === nodes.note_mark && node.attrs.label === note.node.attrs.label) at ??= pos + 1
  })
  if (at === undefined) return false
  dispatch?.(tr.setSelection(TextSelection.create(doc, at)).scrollIntoView())
  return true
}

/** An empty note goes, and its marks with it. */
export const dropEmptyNote: Command = ({ selection: { $from, empty }, doc, tr }, dispatch) => {
  const note = within($from, nodes.note)
  if (!empty || !note || note.node.textContent !== '' || note.node.childCount > 1) return false
  tr.delete(note.pos, note.pos + note.node.nodeSize)
  const places: number[] = []
  doc.descendants((node, pos) => {
    if (node.type === nodes.note_mark && node.attrs.label === note.node.attrs.label) places.push(pos)
  })
  for (const pos of places.reverse()) tr.delete(tr.mapping.map(pos), tr.mapping.map(pos) + 1)
  const first = places.at(-1)
  if (first !== undefined) tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(first))))
  dispatch?.(tr.scrollIntoView())
  return true
}

/** What the buttons of the editor do, by their names. */
export const COMMANDS = {
  heading: heading(2), subheading: heading(3), bold: toggleMark(marks.strong), italic: toggleMark(marks.em), quote,
  list: list(nodes.bullet_list), numbers: list(nodes.ordered_list), footnote, table: addTable,
} satisfies Record<string, Command>

const hasMark = ({ selection: { empty, $from, from, to }, storedMarks, doc }: EditorState, type: keyof typeof schema.marks) =>
  (empty ? Boolean(schema.marks[type]!.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, schema.marks[type]!))

/** Which of them hold where she is. */
export const HOLDS: Record<string, (state: EditorState) => boolean> = {
  heading: (state) => isHeading(state, 2),
  subheading: (state) => isHeading(state, 3),
  bold: (state) => hasMark(state, 'strong'),
  italic: (state) => hasMark(state, 'em'),
  link: (state) => hasMark(state, 'link'),
  quote: ({ selection: { $from } }) => within($from, nodes.blockquote) !== undefined,
  list: ({ selection: { $from } }) => within($from, nodes.bullet_list, nodes.ordered_list)?.node.type === nodes.bullet_list,
  numbers: ({ selection: { $from } }) => within($from, nodes.bullet_list, nodes.ordered_list)?.node.type === nodes.ordered_list,
}
