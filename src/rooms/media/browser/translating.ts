// The page of a translation beside its source: what is typed is kept as the writing page keeps it, under the same name, so that either goes
// on from what the other kept. What this device kept goes to the server first, which lays it out again beside the source.
import { textOfRows } from '#rooms/media/behind.ts'
import { keepTyped, type Typed } from '#rooms/media/browser/kept-here.ts'

const form = document.querySelector<HTMLFormElement>('#translating')

function start(translating: HTMLFormElement) {
  const kept = document.getElementById('kept')
  const show = (text: string) => {
    if (kept && kept.textContent !== text) kept.textContent = text
  }
  const value = (of: string) => (translating.elements.namedItem(of) as HTMLInputElement | HTMLTextAreaElement).value
  const rows = () => [...translating.querySelectorAll<HTMLTextAreaElement>('textarea')].filter((one) => /^[pg]\.\d+$/.test(one.name)).map((one) => ({ text: one.value, isOfSource: one.name.startsWith('p') }))
  const typed = keepTyped(translating, {
    read: () => ({ base: value('base'), title: value('title'), teaser: value('teaser'), body: textOfRows(rows()) }),
    show,
    told: (answer) => show(answer.kept!),
  })

  /** What this device kept while the line was down: the server lays it out beside the source. */
  async function bringBack(left: Typed) {
    try {
      const answer = await typed.post(left)
      if (answer.type === 'opaqueredirect' || !answer.ok) return
      typed.forget()
      if (typed.isKept()) location.reload()
    } catch {
      // It stays on this device until the line is back.
    }
  }

  if (translating.hasAttribute('data-saved')) typed.forget()
  const left = typed.left()
  if (left) void bringBack(left)
  // A file asks first whether it may take the place of what is typed: that is kept before it is sent, and not by a beacon behind it.
  const bringing = document.querySelector<HTMLFormElement>('#bringing')
  bringing?.addEventListener('submit', (event) => {
    if (typed.isKept()) {
      typed.leave()
      return
    }
    event.preventDefault()
    void typed.keptBefore(() => bringing.requestSubmit())
  })
}

if (form) start(form)
