// How somebody writes the text: as it will look, or as plain text. Her choice stays on this device, on a shared one with the tab.
// What one pastes comes in clean either way; the editor and the cleaner are loaded when they are needed, and without them the plain
// field is there.
import type { Editor } from './editor.ts'

declare const LOADED_EDITOR: string
declare const LOADED_PASTED: string

const MODE = 'writing-plain'
const shell = document.querySelector<HTMLElement>('.desk')
const editing = document.querySelector<HTMLElement>('[data-editing]')

function findMemory(): Storage | undefined {
  try {
    const memory = shell?.hasAttribute('data-shared-device') ? sessionStorage : localStorage
    memory.getItem(MODE)
    return memory
  } catch {
    return undefined
  }
}

function start(around: HTMLElement) {
  const memory = findMemory()
  const part = <T extends HTMLElement>(name: string) => around.querySelector<T>(name)!
  const field = part<HTMLTextAreaElement>('textarea')
  const [modes, toolbar, linking, place, file, said] = [part('[data-modes]'), part('[role=toolbar]'), part('[data-linking]'), part('[data-place]'), part<HTMLInputElement>('input[type=file]'), part('[data-file-said]')]
  const label = part<HTMLLabelElement>('label[for=body]')
  const hint = document.getElementById('body-hint')
  let editor: Editor | undefined
  let isVisual = false

  const load = () => import(LOADED_EDITOR) as Promise<typeof import('./editor.ts')>
  const cleaner = () => import(LOADED_PASTED) as Promise<typeof import('../editor/pasted.ts')>

  async function open() {
    const { openEditor } = await load()
    return openEditor({
      field, place, toolbar, linking, carried,
      attributes: {
        id: 'body-editor', class: 'ed prose', role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': label.id, lang: field.lang, dir: 'auto', spellcheck: 'true',
        ...(field.getAttribute('aria-invalid') ? { 'aria-invalid': 'true', 'aria-describedby': 'body-bad' } : {}),
      },
    })
  }

  async function show(visual: boolean) {
    isVisual = visual
    if (visual && !editor) {
      try {
        editor = await open()
      } catch {
        // An old browser, or a page of yesterday's program: the plain field is there and does all the same.
        isVisual = false
        modes.hidden = true
      }
    }
    if (isVisual) editor?.read()
    else linking.hidden = true
    toolbar.hidden = place.hidden = !isVisual
    field.hidden = isVisual
    if (hint) hint.hidden = isVisual
    for (const button of modes.querySelectorAll('button')) button.ariaPressed = String((button.dataset.mode === 'visual') === isVisual)
  }

  for (const button of modes.querySelectorAll('button')) button.addEventListener('click', () => {
    const visual = button.dataset.mode === 'visual'
    if (visual) memory?.removeItem(MODE)
    else memory?.setItem(MODE, '')
    void show(visual)
  })
  label.addEventListener('click', () => {
    if (isVisual) editor?.focus()
  })

  const labels = () => editor && isVisual ? editor.labels() : [...field.value.matchAll(/\[\^([^\]\s]+)\]/g)].map(([, name]) => name!)

  async function carried(data: DataTransfer, taken: readonly string[]): Promise<string> {
    // All that a clipboard holds is read now: it is empty as soon as somebody waits.
    const [own, html, text, dropped] = [data.getData('text/markdown'), data.getData('text/html'), data.getData('text/plain'), data.files[0]]
    if (own !== '') return own
    if (html === '' && text === '') {
      if (dropped) await read(dropped)
      return ''
    }
    // After an update, or while the line is down, the cleaner may not come: her words do, without their form.
    return cleaner().then(({ pastedMarkdown }) => pastedMarkdown(html, text, taken)).catch(() => text)
  }

  field.addEventListener('paste', (event) => {
    const data = event.clipboardData
    // Plain words go into a plain field as they are.
    if (!data || data.getData('text/html') === '') return
    event.preventDefault()
    void carried(data, labels()).then(type)
  })
  field.addEventListener('drop', (event) => {
    const dropped = event.dataTransfer?.files[0]
    if (!dropped) return
    event.preventDefault()
    void read(dropped)
  })

  /** Into the plain field, in a way that the browser can undo. */
  function type(markdown: string) {
    field.focus()
    if (markdown !== '' && !document.execCommand('insertText', false, markdown)) {
      field.setRangeText(markdown, field.selectionStart, field.selectionEnd, 'end')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }

  /** The title of a file is the text's where it has none yet. */
  function titled(words: string): boolean {
    const title = field.form!.elements.namedItem('title') as HTMLTextAreaElement
    if (title.value.trim() !== '') return false
    title.value = words
    title.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  }

  /** A Word file: its words come in where she is; what stands there stays. */
  async function read(dropped: File) {
    const form = new FormData()
    form.set('file', dropped)
    said.textContent = file.dataset.reading!
    try {
      const answer = await fetch(file.dataset.to!, { method: 'POST', body: form, redirect: 'manual' })
      const told = (await answer.json()) as { title?: string; markdown?: string; problem?: string }
      said.textContent = told.problem ?? (told.markdown === undefined ? file.dataset.failed! : '')
      if (told.markdown === undefined) return
      const { renamed, textAsMarkdown } = await cleaner()
      const heading = told.title && !titled(told.title) ? `## ${textAsMarkdown(told.title)}\n\n` : ''
      const markdown = heading + renamed(told.markdown, labels())
      if (isVisual) editor?.put(markdown)
      else type(around.contains(document.activeElement) || field.value === '' ? markdown : `\n\n${markdown}`)
    } catch {
      said.textContent = file.dataset.failed!
    }
  }
  file.addEventListener('change', () => {
    const chosen = file.files?.[0]
    file.value = ''
    if (chosen) void read(chosen)
  })

  // Something else may write into the field: what was kept elsewhere, a colleague's words.
  field.addEventListener('input', () => {
    if (isVisual) editor?.read()
  })

  modes.hidden = false
  part('[data-file]').hidden = false
  void show(memory?.getItem(MODE) === null || memory === undefined)
}

if (editing) start(editing)
