import { type PrintNode, nodesOf } from '#kernel/print/nodes.ts'
import { printable } from '#kernel/print/printable.ts'
import type { ItemPage } from '#rooms/media/item.ts'

/** The body of a text without any form, for whichever program opens it: links with their address, notes at the end. */
export function plainBody(item: Pick<ItemPage, 'bodyHtml' | 'notesHtml'>, address: string): { body: string; notes: string } {
  const notes: string[] = []
  const body = blocksOf(nodesOf({ html: item.bodyHtml, notes: item.notesHtml, address, shown: [] }), notes)
  return { body: plain(body), notes: plain(notes.join('\n')) }
}

/** The first list of a text, point by point, each by its first paragraph. */
export function pointsOf({ bodyHtml }: Pick<ItemPage, 'bodyHtml'>): string[] {
  const list = nodesOf({ html: bodyHtml, notes: '', address: 'https://localhost', shown: [] }).find(({ type }) => type === 'list')
  return (list?.children ?? []).map((item) => plain(inlineOf(item.children?.[0]?.children ?? [], undefined))).filter((point) => point !== '')
}

/** Printing adds places where a long word may break: they are no letters. */
const plain = (text: string) => (printable(text) as string).replaceAll('\u200b', '').trim()
const indented = (text: string, by: string) => text.replace(/\n(?=[^\n])/g, `\n${by}`)

function blocksOf(nodes: readonly PrintNode[], notes: string[]): string {
  return nodes.map((node) => blockOf(node, notes)).join('\n\n')
}

function blockOf(node: PrintNode, notes: string[]): string {
  const inner = node.children ?? []
  switch (node.type) {
    case 'list': return inner.map((item, i) => {
      const sign = node.ordered ? `${(Number(node.start) || 1) + i}. ` : '• '
      return sign + indented(blocksOf(item.children ?? [], notes), ' '.repeat(sign.length))
    }).join('\n')
    case 'blockquote': {
      const by = inlineOf(node.by as PrintNode[], notes)
      return `    ${indented(blocksOf(inner, notes) + (by && `\n— ${by}`), '    ')}`
    }
    case 'table': {
      const rows = inner.map((row) => (row.children ?? []).map((cell) => inlineOf(cell.children ?? [], notes)).join(' | '))
      return [inlineOf(node.caption as PrintNode[], notes), ...rows].filter((line) => line !== '').join('\n')
    }
    case 'code': return String(node.value)
    case 'thematicBreak': return '* * *'
    case 'paragraph': case 'heading': return inlineOf(inner, notes)
    default: return inlineOf([node], notes)
  }
}

/** @param notes what is collected of them; undefined leaves notes out with their calls */
function inlineOf(nodes: readonly PrintNode[], notes: string[] | undefined): string {
  return nodes.map((node): string => {
    const inner = () => inlineOf(node.children ?? [], notes)
    switch (node.type) {
      case 'text': case 'inlineCode': return String(node.value)
      case 'break': return '\n'
      case 'link': return notes && inner() !== node.url && `mailto:${inner()}` !== node.url ? `${inner()} (${String(node.url).replace(/^mailto:/, '')})` : inner()
      case 'footnoteAgain': return notes ? `[${node.id}]` : ''
      case 'footnote':
        if (!notes) return ''
        notes[Number(node.id) - 1] = `[${node.id}] ${inner()}`
        return `[${node.id}]`
      default: return inner()
    }
  }).join('')
}
