import { redo, undo } from 'prosemirror-history'
import type { Command } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { COMMANDS, HOLDS } from '#rooms/media/editor/commands.ts'
import { cellAt, TABLE_COMMANDS } from '#rooms/media/editor/table-commands.ts'

const ALL: Record<string, Command> = { ...COMMANDS, ...TABLE_COMMANDS, undo, redo }

/** The buttons above the text: one of them is in the order of Tab, arrows lead to the others (WAI-ARIA, toolbar). */
export function startToolbar(view: EditorView, toolbar: HTMLElement, link: () => void): { draw(): void } {
  const buttons = [...toolbar.querySelectorAll<HTMLButtonElement>('button[data-do]')]
  const ofTables = toolbar.querySelector<HTMLElement>('[data-of-tables]')!
  let current = buttons[0]!

  const isShown = (button: HTMLButtonElement) => button.closest('[data-of-tables][hidden]') === null
  const shown = () => buttons.filter(isShown)

  function goTo(button: HTMLButtonElement) {
    current = button
    for (const one of buttons) one.tabIndex = one === button ? 0 : -1
  }

  for (const button of buttons) {
    // The text keeps its selection, and a telephone its keyboard.
    button.addEventListener('mousedown', (event) => event.preventDefault())
    button.addEventListener('focus', () => goTo(button))
    button.addEventListener('click', () => {
      const name = button.dataset.do!
      if (name === 'link') return link()
      if (button.ariaDisabled === 'true') return
      ALL[name]!(view.state, view.dispatch, view)
      view.focus()
    })
  }

  toolbar.addEventListener('keydown', (event) => {
    const all = shown()
    const isRight = getComputedStyle(toolbar).direction === 'rtl'
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = all.indexOf(current) + (isRight ? -step : step)
    const to = event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : step ? all.at(at % all.length) : undefined
    if (!to) return
    event.preventDefault()
    to.focus()
  })

  function draw() {
    ofTables.hidden = cellAt(view.state.selection.$from) === undefined
    for (const button of buttons) {
      const name = button.dataset.do!
      const holds = HOLDS[name]
      if (holds) button.ariaPressed = String(holds(view.state))
      if (name !== 'link') button.ariaDisabled = String(!ALL[name]!(view.state))
    }
    if (!isShown(current)) goTo(shown()[0]!)
  }

  goTo(current)
  draw()
  return { draw }
}
