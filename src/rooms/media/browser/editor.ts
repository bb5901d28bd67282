// The visual editor of the writing page. The field of the form stays what is kept, sent and restored: the editor reads its Markdown
// and writes Markdown into it. It is loaded when somebody writes in it, and makes nothing out of HTML.
import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands'
import { history, redo, undo } from 'prosemirror-history'
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { DOMSerializer } from 'prosemirror-model'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import { type Command, EditorState, Plugin, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { startLinking } from '#rooms/media/browser/linking.ts'
import { startToolbar } from '#rooms/media/browser/toolbar.ts'
import { chosenMarkdown, putMarkdown } from '#rooms/media/editor/carried.ts'
import { dropEmptyNote, labelsOf, toMark } from '#rooms/media/editor/commands.ts'
import { linkable } from '#rooms/media/editor/linkable.ts'
import { type OpenedText, openText, writeText } from '#rooms/media/editor/opened-text.ts'
import { schema } from '#rooms/media/editor/schema.ts'
import { below, mendTables, toCell } from '#rooms/media/editor/table-commands.ts'

export interface Parts {
  field: HTMLTextAreaElement
  /** Where the editor stands. */
  place: HTMLElement
  toolbar: HTMLElement
  linking: HTMLElement
  /** Attributes of what is edited: its name, its language. */
  attributes: Record<string, string>
  /** What was pasted or dropped, as Markdown; '' where there is nothing. Files are taken elsewhere. */
  carried(data: DataTransfer, taken: readonly string[]): Promise<string>
}

export interface Editor {
  /** Reads the field anew where something else wrote into it. */
  read(): void
  focus(): void
  /** Puts Markdown where she is. */
  put(markdown: string): void
  labels(): string[]
}

const { nodes, marks } = schema

export function openEditor({ field, place, toolbar, linking, attributes, carried }: Parts): Editor {
  let opened: OpenedText = openText(field.value)
  let written = field.value
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({ doc: opened.doc, plugins: plugins(() => links.open()) }),
    attributes,
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr))
      if (tr.docChanged && tr.getMeta('read') === undefined) write()
      tools.draw()
    },
    handleDOMEvents: {
      paste: (_, event) => (event.clipboardData ? take(event, event.clipboardData) : false),
      // What is moved within the text is the editor's own; what comes from outside is cleaned.
      drop: (_, event) => {
        if (view.dragging || !event.dataTransfer) return false
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))))
        return take(event, event.dataTransfer)
      },
      copy: (_, event) => give(event),
      cut: (_, event) => {
        if (!give(event)) return false
        view.dispatch(view.state.tr.deleteSelection().scrollIntoView())
        return true
      },
    },
  })
  const links = startLinking(view, linking)
  const tools = startToolbar(view, toolbar, () => links.open())

  function write() {
    written = writeText(opened, view.state.doc)
    if (written === field.value) return
    field.value = written
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function read() {
    if (field.value === written) return
    written = field.value
    opened = openText(written)
    const { doc, tr } = view.state
    const start = doc.content.findDiffStart(opened.doc.content)
    if (start === null) return
    // Whole blocks: what stands unchanged before and after keeps its place, and undoing leads back.
    const [from, until] = [blockFrom(doc, opened.doc), blockUntil(doc, opened.doc)]
    view.dispatch(tr.replaceWith(from.pos, Math.max(from.pos, doc.content.size - until.size), opened.doc.children.slice(from.count, opened.doc.childCount - until.count)).setMeta('read', true))
  }

  function take(event: Event, data: DataTransfer): boolean {
    event.preventDefault()
    void carried(data, labelsOf(view.state.doc)).then((markdown) => {
      if (markdown !== '') put(markdown)
    })
    return true
  }

  function put(markdown: string) {
    view.dispatch(putMarkdown(view.state, markdown).setMeta('paste', true))
  }

  function give(event: ClipboardEvent): boolean {
    const { clipboardData } = event
    const { selection } = view.state
    if (!clipboardData || selection.empty) return false
    event.preventDefault()
    const { content } = selection.content()
    const holder = document.createElement('div')
    holder.append(DOMSerializer.fromSchema(schema).serializeFragment(content))
    clipboardData.setData('text/plain', content.textBetween(0, content.size, '\n\n'))
    clipboardData.setData('text/html', holder.innerHTML)
    clipboardData.setData('text/markdown', chosenMarkdown(view.state))
    return true
  }

  return { read, put, focus: () => view.focus(), labels: () => labelsOf(view.state.doc) }
}

function blockFrom(doc: EditorState['doc'], other: EditorState['doc']) {
  let [count, pos] = [0, 0]
  while (count < Math.min(doc.childCount, other.childCount) && doc.child(count).eq(other.child(count))) pos += doc.child(count++).nodeSize
  return { count, pos }
}

function blockUntil(doc: EditorState['doc'], other: EditorState['doc']) {
  const { count: before } = blockFrom(doc, other)
  let [count, size] = [0, 0]
  while (count < Math.min(doc.childCount, other.childCount) - before && doc.children.at(-1 - count)!.eq(other.children.at(-1 - count)!)) size += doc.children.at(-1 - count++)!.nodeSize
  return { count, size }
}

const line: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.type.contentMatch.matchType(nodes.hard_break)) return true
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
}

/** Tab leaves the editor, as it does every field; in a table it goes to the next cell, and Escape leads out of there. */
const keys = (link: () => void): Record<string, Command> => ({
  'Mod-b': toggleMark(marks.strong), 'Mod-i': toggleMark(marks.em), 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo,
  'Mod-k': () => {
    link()
    return true
  },
  Enter: chainCommands(below, splitListItem(nodes.list_item)), 'Shift-Enter': chainCommands(exitCode, line), 'Mod-Enter': exitCode,
  'Mod-]': sinkListItem(nodes.list_item), 'Mod-[': liftListItem(nodes.list_item),
  Tab: toCell(1), 'Shift-Tab': toCell(-1), Escape: toMark, Backspace: dropEmptyNote,
})

const ADDRESS = /(?:^|[\s(])(https?:\/\/[^\s<>"]+?)[.,;:!?)]*\s$/
const rules = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{1,6})\s$/, nodes.heading, ([, signs]) => ({ level: Math.max(2, signs!.length) })),
    textblockTypeInputRule(/^```$/, nodes.code_block),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote), wrappingInputRule(/^\s*[-*+]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,9})[.)]\s$/, nodes.ordered_list, ([, start]) => ({ start: Number(start) }), ([, start], list) => list.childCount + (list.attrs.start as number) === Number(start)),
    // An address that was typed is the link that readers get.
    new InputRule(ADDRESS, (state, [all, address], start, end) => {
      const from = end - all.length + 1 + all.indexOf(address!)
      return linkable(address!) ? state.tr.addMark(from, from + address!.length, marks.link.create({ href: address })).removeStoredMark(marks.link).insertText(' ', end) : null
    }),
  ],
})

/** Words can be written below what a cursor does not leave downwards. */
const ENDS = [nodes.table, nodes.code_block, nodes.typed, nodes.note, nodes.rule]
const whole = new Plugin({
  appendTransaction(_, __, state) {
    const tr = mendTables(state) ?? state.tr
    if (ENDS.includes(tr.doc.lastChild!.type)) tr.insert(tr.doc.content.size, nodes.paragraph.create())
    return tr.docChanged ? tr : null
  },
})

const plugins = (link: () => void) => [history(), rules, keymap(keys(link)), keymap(baseKeymap), whole]
