// Keeps what is typed beside a source, as the writing page does (`writing.ts`): on the server every few seconds; where that does not
// answer, on this device under the same name until it does. What this device kept goes to the server first, which lays it out again.
import { textOfRows } from '#rooms/media/behind.ts'

const EVERY_MS = 3000
const AGAIN_MS = 5000

const form = document.querySelector<HTMLFormElement>('#translating')
const shell = document.querySelector<HTMLElement>('.desk')

/** Undefined where a browser keeps nothing. */
function findMemory(): Storage | undefined {
  try {
    const memory = shell?.hasAttribute('data-shared-device') ? sessionStorage : localStorage
    memory.getItem('typed')
    return memory
  } catch {
    return undefined
  }
}

function start(translating: HTMLFormElement) {
  const memory = findMemory()
  const name = `typed:${translating.dataset.person!}:${translating.dataset.text!}`
  const kept = document.getElementById('kept')
  const show = (text: string) => {
    if (kept && kept.textContent !== text) kept.textContent = text
  }
  const value = (of: string) => (translating.elements.namedItem(of) as HTMLInputElement | HTMLTextAreaElement).value
  const rows = () => [...translating.querySelectorAll<HTMLTextAreaElement>('textarea')].filter((one) => /^[pg]\.\d+$/.test(one.name)).map((one) => ({ text: one.value, isOfSource: one.name.startsWith('p') }))
  /** As `writing.ts` keeps it: either page goes on from what the other kept. */
  const read = () => ({ base: value('base'), title: value('title'), teaser: value('teaser'), body: textOfRows(rows()) })
  const isBack = translating.hasAttribute('data-typed-back')
  let sent = isBack ? '' : JSON.stringify(read())
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let isLeaving = false

  const keepHere = () => {
    try {
      memory?.setItem(name, JSON.stringify(read()))
    } catch {
      // A full memory keeps what it has; the text stands in the page.
    }
  }
  const post = (typed: Record<string, string>) => fetch(translating.dataset.typing!, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' })

  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), ms)
  }

  async function send() {
    const typed = read()
    const now = JSON.stringify(typed)
    if (isSending || now === sent) return
    isSending = true
    try {
      const answer = await post(typed)
      if (answer.type === 'opaqueredirect' || answer.status === 404) {
        keepHere()
        show(translating.dataset.signedOut!)
        later(AGAIN_MS)
      } else if (answer.ok) {
        sent = now
        if (JSON.stringify(read()) === now) memory?.removeItem(name)
        show(((await answer.json()) as { kept: string }).kept)
      } else throw new Error(String(answer.status))
    } catch {
      keepHere()
      show(translating.dataset.offline!)
      later(AGAIN_MS)
    } finally {
      isSending = false
    }
    if (JSON.stringify(read()) !== now) later(EVERY_MS)
  }

  /** Does what follows once all that is typed is kept; where that fails, `send` has said so and goes on trying. */
  async function keptBefore(follows: () => void) {
    clearTimeout(timer)
    while (isSending) await new Promise((done) => setTimeout(done, 50))
    await send()
    if (JSON.stringify(read()) === sent) follows()
  }

  /** What this device kept while the line was down: the server lays it out beside the source. */
  async function bringBack(left: string) {
    try {
      const answer = await post(JSON.parse(left) as Record<string, string>)
      if (answer.type === 'opaqueredirect' || !answer.ok) return
      memory?.removeItem(name)
      if (JSON.stringify(read()) === sent) location.reload()
    } catch {
      // It stays on this device until the line is back.
    }
  }

  if (translating.hasAttribute('data-saved')) memory?.removeItem(name)
  const left = memory?.getItem(name)
  if (left && left !== sent && !isBack) void bringBack(left)
  if (isBack) later(0)
  translating.addEventListener('input', () => later(EVERY_MS))
  translating.addEventListener('submit', () => {
    isLeaving = true
    keepHere()
  })
  // A file asks first whether it may take the place of what is typed: that is kept before it is sent, and not by a beacon behind it.
  const bringing = document.querySelector<HTMLFormElement>('#bringing')
  bringing?.addEventListener('submit', (event) => {
    if (JSON.stringify(read()) !== sent) {
      event.preventDefault()
      void keptBefore(() => bringing.requestSubmit())
    } else isLeaving = true
  })
  addEventListener('online', () => later(0))
  addEventListener('pagehide', () => {
    if (isLeaving || JSON.stringify(read()) === sent) return
    keepHere()
    navigator.sendBeacon(translating.dataset.typing!, new URLSearchParams(read()))
  })
}

if (form) start(form)
