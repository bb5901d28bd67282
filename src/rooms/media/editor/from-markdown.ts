import type { AlignType, PhrasingContent, RootContent } from 'mdast'
import type { Mark, Node } from 'prosemirror-model'
import { type NodeName, schema } from '#rooms/media/editor/schema.ts'

/** A block of parsed Markdown as one of the editor; undefined where the editor cannot hold all of it. */
export function blockOf(node: RootContent): Node | undefined {
  switch (node.type) {
    case 'paragraph': return made('paragraph', null, inlineOf(node.children))
    case 'heading': return made('heading', { level: node.depth }, inlineOf(node.children))
    case 'blockquote': return made('blockquote', null, blocksOf(node.children))
    case 'thematicBreak': return made('rule', null, [])
    case 'code': return made('code_block', { info: [node.lang, node.meta].filter(Boolean).join(' ') || null }, node.value === '' ? [] : [schema.text(node.value)])
    case 'list': {
      const items = each(node.children, (item) => (item.checked === null || item.checked === undefined ? itemOf(item.children) : undefined))
      const loose = Boolean(node.spread) || node.children.some(({ spread }) => spread)
      return node.ordered ? made('ordered_list', { start: node.start ?? 1, loose }, items) : made('bullet_list', { loose }, items)
    }
    case 'table': {
      const rows = each(node.children, (row, n) => made('table_row', { head: n === 0 }, each(row.children, (cell) => made('table_cell', { head: n === 0 }, inlineOf(cell.children)))))
      return made('table', { align: align(node.align) }, rows)
    }
    case 'footnoteDefinition': return made('note', { label: node.label ?? node.identifier }, node.children.length === 0 ? [schema.nodes.paragraph.create()] : blocksOf(node.children))
    default: return undefined
  }
}

const align = (given: AlignType[] | null | undefined): AlignType[] => given ?? []
const itemOf = (children: RootContent[]) => made('list_item', null, children.length === 0 ? [schema.nodes.paragraph.create()] : blocksOf(children))
const blocksOf = (children: RootContent[]): Node[] | undefined => each(children, blockOf)

function each<T>(all: readonly T[], one: (given: T, n: number) => Node | undefined): Node[] | undefined {
  const done = all.map(one)
  return done.every((node) => node !== undefined) ? done : undefined
}

function made(name: NodeName, attrs: Record<string, unknown> | null, content: Node[] | undefined): Node | undefined {
  const type = schema.nodes[name]
  if (!content) return undefined
  const node = type.create(attrs, content)
  return type.validContent(node.content) ? node : undefined
}

const OPENS = /^<(i|span) lang="([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)">$/

function inlineOf(children: readonly PhrasingContent[], marks: readonly Mark[] = []): Node[] | undefined {
  const done: Node[] = []
  for (let n = 0; n < children.length; n++) {
    const child = children[n]!
    const [, tag, lang] = (child.type === 'html' && OPENS.exec(child.value)) || []
    const end = tag ? children.findIndex((one, at) => at > n && one.type === 'html' && one.value === `</${tag}>`) : -1
    const nodes = tag && end > 0 ? inlineOf(children.slice(n + 1, end), schema.marks.foreign.create({ tag, lang }).addToSet(marks)) : leaf(child, marks)
    if (!nodes) return undefined
    if (tag) n = end
    done.push(...nodes)
  }
  return done
}

function leaf(node: PhrasingContent, marks: readonly Mark[]): Node[] | undefined {
  const within = (mark: Mark, children: PhrasingContent[]) => inlineOf(children, mark.addToSet(marks))
  switch (node.type) {
    case 'text': return node.value.split('\n').flatMap((line, n) => [...(n > 0 ? [schema.nodes.soft_break.create(null, null, marks)] : []), ...(line === '' ? [] : [schema.text(line, marks)])])
    case 'emphasis': return within(schema.marks.em.create(), node.children)
    case 'strong': return within(schema.marks.strong.create(), node.children)
    case 'delete': return within(schema.marks.strike.create(), node.children)
    case 'link': return within(schema.marks.link.create({ href: node.url, title: node.title ?? null }), node.children)
    case 'inlineCode': return node.value === '' ? undefined : [schema.text(node.value, schema.marks.code.create().addToSet(marks))]
    case 'break': return [schema.nodes.hard_break.create(null, null, marks)]
    case 'footnoteReference': return [schema.nodes.note_mark.create({ label: node.label ?? node.identifier }, null, marks)]
    default: return undefined
  }
}
