import type { Html, Parent, Root, RootContent } from 'mdast'

const OPENS = /^<(i|span) lang="([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)">$/

/** Lets `<i lang="en">…</i>` and `<span lang="en">…</span>` mark words of another language; all other HTML becomes plain words. */
export function foreignWords() {
  return (tree: Root) => mark(tree)
}

function mark(parent: Parent) {
  const done: RootContent[] = []
  const rest = [...parent.children]
  while (rest.length > 0) {
    const node = rest.shift() as RootContent
    if ('children' in node) mark(node)
    if (node.type !== 'html') {
      done.push(node)
      continue
    }
    const [, tag, lang] = OPENS.exec(node.value) ?? []
    const end = tag ? rest.findIndex((n) => n.type === 'html' && n.value === `</${tag}>`) : -1
    if (!tag || end < 0) {
      done.push(asWords(node))
      continue
    }
    const inner: Parent = { type: 'emphasis', children: rest.splice(0, end + 1).slice(0, -1), data: { hName: tag, hProperties: { lang } } } as Parent
    mark(inner)
    done.push(inner as RootContent)
  }
  parent.children = done
}

const asWords = (node: Html): RootContent => ({ type: 'text', value: node.value })
