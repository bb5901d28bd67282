import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { linkable, typedAddress } from '#rooms/media/editor/linkable.ts'
import { schema } from '#rooms/media/editor/schema.ts'

const type = schema.marks.link

/** Asks for an address in the page. What is no address that readers could follow stays in the field, with what to do. */
export function startLinking(view: EditorView, panel: HTMLElement): { open(): void } {
  const input = panel.querySelector('input')!
  const problem = panel.querySelector<HTMLElement>('[role=alert]')!
  const remove = panel.querySelector<HTMLButtonElement>('[data-link=remove]')!

  function close() {
    panel.hidden = true
    view.focus()
  }

  function open() {
    chooseLink()
    const { href } = linkHere()?.attrs ?? {}
    input.value = typeof href === 'string' ? href : ''
    remove.hidden = href === undefined
    say(false)
    panel.hidden = false
    input.focus()
    input.select()
  }

  const linkHere = () => {
    const { $from, empty, from, to } = view.state.selection
    if (empty) return type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? [])
    let found
    view.state.doc.nodesBetween(from, to, (node) => {
      found ??= type.isInSet(node.marks)
    })
    return found as ReturnType<typeof type.isInSet>
  }

  /** With nothing chosen, the whole of the link that she is in is meant. */
  function chooseLink() {
    const { state } = view
    const { $from, empty } = state.selection
    const link = linkHere()
    if (!empty || !link) return
    const isOfIt = (n: number) => link.isInSet($from.parent.maybeChild(n)?.marks ?? [])
    let first = isOfIt($from.index()) ? $from.index() : $from.index() - 1
    let last = first
    while (isOfIt(first - 1)) first--
    while (isOfIt(last + 1)) last++
    const start = $from.posAtIndex(first)
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, start, $from.posAtIndex(last + 1))))
  }

  function apply() {
    const written = input.value.trim()
    // What stood there before may be an address that only this text knows.
    const href = written === linkHere()?.attrs.href ? linkable(written) && written : typedAddress(written)
    if (!href) return say(true)
    const { state } = view
    const { from, to, empty } = state.selection
    const mark = type.create({ href })
    if (empty) view.dispatch(state.tr.replaceSelectionWith(schema.text(written, [mark]), false))
    else view.dispatch(state.tr.removeMark(from, to, type).addMark(from, to, mark))
    close()
  }

  function say(isWrong: boolean) {
    problem.hidden = !isWrong
    if (isWrong) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
    if (isWrong) input.focus()
  }

  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && event.target === input) apply()
    else return
    event.preventDefault()
  })
  panel.querySelector('[data-link=apply]')!.addEventListener('click', apply)
  panel.querySelector('[data-link=close]')!.addEventListener('click', close)
  remove.addEventListener('click', () => {
    const { from, to } = view.state.selection
    view.dispatch(view.state.tr.removeMark(from, to, type))
    close()
  })
  return { open }
}
