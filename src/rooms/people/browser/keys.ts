// Shortcut keys of the desk: one key goes to each `[data-key]` of the page that is open, `?` lists them. They may be switched off
// (WCAG 2.1.4), for the browser of her own, or for the tab of a device that others use too: nothing of her stays there.

const OFF = 'keys-off'
const shell = document.querySelector<HTMLElement>('.desk')
const list = document.querySelector<HTMLDialogElement>('#keys')
const choice = document.querySelector<HTMLInputElement>('#keys-on')
const named = [...document.querySelectorAll<HTMLElement>('[data-key]')]

/** Where the choice is kept; undefined where a browser keeps nothing, and there are no keys that nobody could switch off. */
function findMemory(): Storage | undefined {
  try {
    const memory = shell?.hasAttribute('data-shared-device') ? sessionStorage : localStorage
    memory.getItem(OFF)
    return memory
  } catch {
    return undefined
  }
}

const memory = findMemory()
const isOn = () => memory?.getItem(OFF) === null

const isField = (one: Element) => one.matches('input, textarea, select, [contenteditable=true]')
const nameOf = (one: HTMLElement) => ((one as HTMLInputElement).labels?.[0] ?? one.querySelector('[data-key-name]') ?? one).firstChild?.textContent ?? ''

function keyCap(key: string) {
  const cap = document.createElement('kbd')
  cap.textContent = key
  return cap
}

function draw() {
  for (const one of named) {
    one.querySelector('kbd')?.remove()
    one.removeAttribute('aria-keyshortcuts')
    if (!isOn()) continue
    one.setAttribute('aria-keyshortcuts', one.dataset.key!)
    const cap = keyCap(one.dataset.key!)
    // The attribute says it to whoever does not see it.
    cap.ariaHidden = 'true'
    if (!isField(one)) one.append(cap)
  }
  if (choice) choice.checked = isOn()
}

function show(dialog: HTMLDialogElement) {
  const rows = named.map((one) => {
    const row = document.createElement('li')
    row.append(keyCap(one.dataset.key!), ` ${nameOf(one).trim()}`)
    return row
  })
  dialog.querySelector('ul')!.replaceChildren(...rows)
  dialog.showModal()
}

function press(event: KeyboardEvent, dialog: HTMLDialogElement) {
  if (!isOn() || dialog.open || event.defaultPrevented || event.repeat || event.isComposing) return
  if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return
  const meant = event.key === '?' ? dialog : named.find(({ dataset }) => dataset.key === event.key)
  // With a capital lock, Shift and a letter give a small one. Signs are written with Shift on many keyboards.
  if (!meant || (event.shiftKey && /[a-z]/.test(event.key))) return
  event.preventDefault()
  if (meant === dialog) show(dialog)
  else if (isField(meant)) meant.focus()
  else meant.click()
}

const isWriting = (target: EventTarget | null) => target instanceof HTMLElement && (isField(target) || target.isContentEditable)

if (memory && list && 'showModal' in list) {
  const section = choice?.closest<HTMLElement>('[hidden]')
  if (section) section.hidden = false
  choice?.addEventListener('change', () => {
    if (choice.checked) memory.removeItem(OFF)
    else memory.setItem(OFF, '1')
    draw()
  })
  addEventListener('keydown', (event) => press(event, list))
  // Also for a page that the browser took out of its memory: she may have switched them elsewhere.
  addEventListener('pageshow', draw)
}
