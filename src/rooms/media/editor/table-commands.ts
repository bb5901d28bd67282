import type { Node, ResolvedPos } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { schema } from '#rooms/media/editor/schema.ts'

const { nodes } = schema

interface Cell { table: Node; tablePos: number; row: number; column: number }

export function cellAt($pos: ResolvedPos): Cell | undefined {
  for (let depth = $pos.depth; depth > 1; depth--) {
    if ($pos.node(depth).type === nodes.table_cell) return { table: $pos.node(depth - 2), tablePos: $pos.before(depth - 2), row: $pos.index(depth - 2), column: $pos.index(depth - 1) }
  }
  return undefined
}

const cell = (head: boolean) => nodes.table_cell.create({ head })
const row = (columns: number, head: boolean) => nodes.table_row.create({ head }, Array.from({ length: columns }, () => cell(head)))

/** Two columns and two rows under a head, after the block that she is in. */
export const addTable: Command = ({ selection: { $to }, tr }, dispatch) => {
  if ($to.depth < 1 || cellAt($to)) return false
  const after = $to.after(1)
  const table = nodes.table.create({ align: [null, null] }, [row(2, true), row(2, false), row(2, false)])
  const isEmpty = $to.depth === 1 && $to.parent.type === nodes.paragraph && $to.parent.content.size === 0
  tr.replaceWith(isEmpty ? $to.before(1) : after, after, table)
  dispatch?.(intoCell(tr, isEmpty ? $to.before(1) : after, 0, 0))
  return true
}

function intoCell(tr: Transaction, tablePos: number, toRow: number, toColumn: number): Transaction {
  const table = tr.doc.nodeAt(tablePos)!
  const at = table.child(Math.min(toRow, table.childCount - 1))
  let pos = tablePos + 1
  for (let n = 0; table.child(n) !== at; n++) pos += table.child(n).nodeSize
  pos++
  for (let n = 0; n < Math.min(toColumn, at.childCount - 1); n++) pos += at.child(n).nodeSize
  return tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView()
}

/** A table made anew from the one she is in; she goes on in a cell of it. */
const remade = (make: (cell: Cell) => { rows: Node[]; align?: unknown[]; row: number; column: number } | undefined): Command => (state, dispatch) => {
  const here = cellAt(state.selection.$from)
  const made = here && make(here)
  if (!here || !made) return false
  const table = nodes.table.create({ align: made.align ?? here.table.attrs.align }, made.rows)
  const tr = state.tr.replaceWith(here.tablePos, here.tablePos + here.table.nodeSize, table)
  dispatch?.(intoCell(tr, here.tablePos, made.row, made.column))
  return true
}
const spliced = <T>(all: readonly T[], at: number, drop: number, ...add: T[]): T[] => [...all.slice(0, at), ...add, ...all.slice(at + drop)]
const alignOf = ({ table }: Cell) => table.attrs.align as unknown[]

const dropTable: Command = (state, dispatch) => {
  const here = cellAt(state.selection.$from)
  if (!here) return false
  const tr = state.tr.replaceWith(here.tablePos, here.tablePos + here.table.nodeSize, nodes.paragraph.create())
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, here.tablePos + 1)))
  return true
}

export const TABLE_COMMANDS = {
  'add-row': remade(({ table, row: at, column }) => ({ rows: spliced(table.children, at + 1, 0, row(table.child(0).childCount, false)), row: at + 1, column })),
  'add-column': remade((here) => ({
    rows: here.table.children.map((one, n) => nodes.table_row.create(one.attrs, spliced(one.children, here.column + 1, 0, cell(n === 0)))),
    align: spliced(alignOf(here), here.column + 1, 0, null), row: here.row, column: here.column + 1,
  })),
  // The head stays: a table of Markdown has one.
  'drop-row': remade(({ table, row: at, column }) => (at === 0 || table.childCount < 2 ? undefined : { rows: spliced(table.children, at, 1), row: at - 1, column })),
  'drop-column': remade((here) => (here.table.child(0).childCount < 2 ? undefined : {
    rows: here.table.children.map((one) => nodes.table_row.create(one.attrs, spliced(one.children, here.column, 1))),
    align: spliced(alignOf(here), here.column, 1), row: here.row, column: Math.max(0, here.column - 1),
  })),
  'drop-table': dropTable,
} satisfies Record<string, Command>

/** To the next cell, or the one before; behind the last a row begins, but behind an empty one: nobody is to be caught in a table. */
export const toCell = (step: 1 | -1): Command => (state, dispatch) => {
  const here = cellAt(state.selection.$from)
  if (!here) return false
  const columns = here.table.child(0).childCount
  const next = here.row * columns + here.column + step
  if (next < 0) return false
  if (next >= columns * here.table.childCount && here.table.child(here.row).textContent === '') return false // Tab leaves the text
  if (next >= columns * here.table.childCount) return TABLE_COMMANDS['add-row'](state, dispatch && ((tr) => dispatch(intoCell(tr, here.tablePos, here.row + 1, 0))))
  dispatch?.(intoCell(state.tr, here.tablePos, Math.floor(next / columns), next % columns))
  return true
}

/** A line cannot end in a cell: Enter goes to the one below. */
export const below: Command = (state, dispatch) => {
  const here = cellAt(state.selection.$from)
  if (!here) return false
  if (here.row + 1 < here.table.childCount) dispatch?.(intoCell(state.tr, here.tablePos, here.row + 1, here.column))
  return true
}

/** Every row as long as the longest, the first of them the head: so Markdown has it. Undefined where all are. */
export function mendTables({ doc, tr }: EditorState): Transaction | undefined {
  const broken: { pos: number; table: Node }[] = []
  doc.descendants((node, pos) => {
    if (node.type !== nodes.table) return !node.isTextblock
    const columns = Math.max(...node.children.map(({ childCount }) => childCount))
    if (node.children.some((one, n) => one.childCount !== columns || one.children.some(({ attrs }) => attrs.head !== (n === 0)))) broken.push({ pos, table: node })
    return false
  })
  if (broken.length === 0) return undefined
  for (const { pos, table } of broken.reverse()) {
    const columns = Math.max(...table.children.map(({ childCount }) => childCount))
    const rows = table.children.map((one, n) => nodes.table_row.create({ head: n === 0 }, Array.from({ length: columns }, (_, at) => nodes.table_cell.create({ head: n === 0 }, one.maybeChild(at)?.content))))
    tr.replaceWith(pos, pos + table.nodeSize, nodes.table.create(table.attrs, rows))
  }
  return tr
}
