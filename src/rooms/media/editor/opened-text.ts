import type { Node } from 'prosemirror-model'
import { refuseNested, Unrenderable } from '#kernel/words/nesting.ts'
import { blockOf } from '#rooms/media/editor/from-markdown.ts'
import { parseMarkdown, printBlock } from '#rooms/media/editor/markdown-text.ts'
import { schema } from '#rooms/media/editor/schema.ts'
import { isEmpty, mdastOf } from '#rooms/media/editor/to-markdown.ts'

/** A block of a text: the lines that it was typed in, and what the editor makes of them. */
interface Piece { source: string; node: Node }

/** A text as the editor opened it. `between` holds what stands before, between and after its pieces: one more than they. */
export interface OpenedText { doc: Node; pieces: readonly Piece[]; between: readonly string[] }

const BOM = '\ufeff'
/** To Markdown only these four are empty: a no-break space is a word. */
const WORDS = /[^ \t\r\n]/

const typed = (source: string) => schema.nodes.typed.create(null, source === '' ? [] : [schema.text(source)])

/** Opens Markdown for the editor. What the editor has no form for stands there as it was typed. */
export function openText(markdown: string): OpenedText {
  if (markdown.startsWith(BOM)) {
    // The parser drops it, and counts its offsets from there.
    const { between: [first = '', ...others], ...rest } = openText(markdown.slice(1))
    return { ...rest, between: [BOM + first, ...others] }
  }
  const blocks = blocksOf(markdown)
  if (!blocks) return whole(markdown)
  const spans = blocks.map((block) => ({ block, from: startOfLine(markdown, block.position!.start.offset!), to: endOfLine(markdown, block.position!.end.offset!) }))
  const pieces: Piece[] = []
  const between: string[] = []
  let at = 0
  for (const { block, from, to } of spans) {
    // Two blocks in one line, or words that belong to none: no text of people is like that, and none of it may be lost.
    if (from < at || WORDS.test(markdown.slice(at, from))) return whole(markdown)
    const source = markdown.slice(from, to)
    between.push(markdown.slice(at, from))
    pieces.push({ source, node: blockOf(block) ?? typed(source) })
    at = to
  }
  between.push(markdown.slice(at))
  if (WORDS.test(markdown.slice(at))) return whole(markdown)
  return { doc: schema.nodes.doc.create(null, pieces.length > 0 ? pieces.map(({ node }) => node) : schema.nodes.paragraph.create()), pieces, between }
}

/** Undefined where quotations, lists or brackets stand in each other so deep that no page is made of them. */
function blocksOf(markdown: string) {
  try {
    refuseNested(markdown)
    return parseMarkdown(markdown).children
  } catch (error) {
    if (!(error instanceof Unrenderable || error instanceof RangeError)) throw error
    return undefined
  }
}

const whole = (markdown: string): OpenedText => ({ doc: schema.nodes.doc.create(null, typed(markdown)), pieces: [{ source: markdown, node: typed(markdown) }], between: ['', ''] })

const startOfLine = (text: string, at: number) => Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
function endOfLine(text: string, at: number): number {
  const found = text.slice(at).search(/[\r\n]/)
  return found < 0 ? text.length : at + found
}

interface Written { node: Node; source: string; piece: number | undefined }

/**
 * The text as Markdown. What was not touched is written in the very bytes that it was opened from, and so is what stands between;
 * only a block that was changed is written anew, in the style of the house.
 */
export function writeText({ pieces, between }: OpenedText, doc: Node): string {
  const children = doc.children.filter((node) => !isEmpty(node))
  const slots = slotsOf(pieces, children)
  const isSame = children.length === pieces.length && children.every((node, n) => slots[n]?.isSame)
  if (isSame) return between[0]! + pieces.map(({ source }, n) => source + between[n + 1]!).join('')
  // Spaces alone would make the first words that are typed after them code.
  let text = pieces.length > 0 ? between[0]! : ''
  let before: Written | undefined
  children.forEach((node, n) => {
    const slot = slots[n]
    const follows = slot !== undefined && (before === undefined ? slot.piece === 0 : before.piece === slot.piece - 1)
    const source = sourceOf(node, slot?.isSame ? pieces[slot.piece]!.source : undefined, before, follows, n === children.length - 1)
    if (before) text += follows ? gap(between[slot.piece]!, before.node, node, pieces[slot.piece - 1]!.node, pieces[slot.piece]!.node) : '\n\n'
    text += source
    before = { node, source, piece: slot?.piece }
  })
  return text + (pieces.length > 0 ? between.at(-1)! : '')
}

/** Blocks may follow each other without an empty line where both are still of the kind that they were. */
const gap = (stood: string, before: Node, after: Node, wasBefore: Node, wasAfter: Node) =>
  /\n[ \t]*\n/.test(stood) || (before.eq(wasBefore) && after.eq(wasAfter)) || (sameKind(before, wasBefore) && sameKind(after, wasAfter) && (before.type.name === 'heading' || after.type.name === 'heading')) ? stood : '\n\n'
const sameKind = (one: Node, other: Node) => one.type === other.type && one.attrs.level === other.attrs.level

function sourceOf(node: Node, stood: string | undefined, before: Written | undefined, follows: boolean, isLast: boolean): string {
  const isApart = before !== undefined && joinsList(before, node, stood)
  // In another place than where it stood, spaces before it or an open end would make it part of its neighbours.
  const isFree = follows || before === undefined || !/^[ \t]/.test(stood ?? '')
  const isClosed = isLast || node.type !== schema.nodes.code_block || follows
  if (stood !== undefined && isFree && isClosed && (follows || !isApart)) return stood
  if (node.type === schema.nodes.typed) return node.textContent
  return printBlock(mdastOf(node), isApart)
}

function joinsList(before: Written, node: Node, stood: string | undefined): boolean {
  if (before.node.type !== node.type || !/_list$/.test(node.type.name)) return false
  return markOf(before.source) === (stood === undefined ? (node.type.name === 'bullet_list' ? '-' : '.') : markOf(stood))
}
const markOf = (source: string) => /^\s*(?:\d+)?([-*+.)])/.exec(source)?.[1]

interface Slot { piece: number; isSame: boolean }

/** Which piece each block stands for: itself, or where as many were changed as stood there, the one that it was made of. */
function slotsOf(pieces: readonly Piece[], children: readonly Node[]): (Slot | undefined)[] {
  const slots: (Slot | undefined)[] = children.map(() => undefined)
  const shorter = Math.min(pieces.length, children.length)
  let start = 0
  while (start < shorter && children[start]!.eq(pieces[start]!.node)) slots[start] = { piece: start++, isSame: true }
  let end = 0
  while (end < shorter - start && children.at(-1 - end)!.eq(pieces.at(-1 - end)!.node)) {
    end++
    slots[children.length - end] = { piece: pieces.length - end, isSame: true }
  }
  // Between them, in their order, what stands unchanged among what was changed.
  let piece = start
  for (let n = start; n < children.length - end; n++) {
    const found = pieces.findIndex((one, at) => at >= piece && at < pieces.length - end && one.node.eq(children[n]!))
    if (found < 0) continue
    slots[n] = { piece: found, isSame: true }
    piece = found + 1
  }
  fillRuns(slots, pieces.length)
  return slots
}

/** A run of changed blocks that is as long as the run of pieces it stands for was made of these, one by one. */
function fillRuns(slots: (Slot | undefined)[], count: number) {
  for (let n = 0; n < slots.length; n++) {
    if (slots[n]) continue
    let end = n
    while (end < slots.length && !slots[end]) end++
    const from = n === 0 ? 0 : slots[n - 1]!.piece + 1
    const to = end === slots.length ? count : slots[end]!.piece
    if (to - from === end - n) for (let at = n; at < end; at++) slots[at] = { piece: from + at - n, isSame: false }
    n = end - 1
  }
}
