// Keeps what is typed: on the server every few seconds; where that does not answer, on this device until it does, so that a dropped
// line, a closed lid or an ended session loses nothing. On a shared device it stays with the tab, and saving takes it away again.
import { graphemesOf } from '#kernel/language/graphemes.ts'

const EVERY_MS = 3000
const AGAIN_MS = 5000
const HERE_MS = 25_000

const form = document.querySelector<HTMLFormElement>('#writing')
const shell = document.querySelector<HTMLElement>('.desk')
const savedSign = document.querySelector<HTMLElement>('[data-saved]')

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

interface Kept { base: string; title: string; teaser: string; body: string }

function start(writing: HTMLFormElement) {
  const memory = findMemory()
  const name = `typed:${writing.dataset.person!}:${writing.dataset.text!}`
  const field = (of: keyof Kept) => writing.elements.namedItem(of) as HTMLTextAreaElement | HTMLInputElement
  const show = (id: string, text: string) => {
    const place = document.getElementById(id)
    if (place && place.textContent !== text) place.textContent = text
  }
  const read = (): Kept => ({ base: field('base').value, title: field('title').value, teaser: field('teaser').value, body: field('body').value })
  const write = ({ title, teaser, body, base }: Kept) => {
    field('title').value = title
    field('teaser').value = teaser
    field('body').value = body
    field('base').value = base
  }
  // What came back from a preview or with something to mend is in the page, and not kept anywhere yet.
  let sent = writing.hasAttribute('data-typed-back') ? '' : JSON.stringify(read())
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let isLeaving = false

  const forget = () => memory?.removeItem(name)
  const keepHere = () => {
    try {
      memory?.setItem(name, JSON.stringify(read()))
    } catch {
      // A full memory keeps what it has; the text stands in the page.
    }
  }

  forgetOthers()
  if (savedSign) forget()
  const left = memory?.getItem(name)
  if (left && left !== JSON.stringify(read()) && !writing.hasAttribute('data-typed-back')) {
    try {
      write(JSON.parse(left) as Kept)
      show('kept', writing.dataset.restored!)
      later(0)
    } catch {
      forget()
    }
  }
  if (writing.hasAttribute('data-typed-back')) later(0)

  /** Whoever signs in at this device next finds no words of somebody else. */
  function forgetOthers() {
    const own = `typed:${writing.dataset.person!}:`
    const kept = Array.from({ length: memory?.length ?? 0 }, (_, n) => memory!.key(n)!)
    for (const key of kept) if (key.startsWith('typed:') && !key.startsWith(own)) memory!.removeItem(key)
  }

  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), ms)
  }

  async function send() {
    const now = JSON.stringify(read())
    if (isSending || now === sent) return
    isSending = true
    try {
      const answer = await fetch(writing.dataset.typing!, { method: 'POST', body: new URLSearchParams(read() as never), redirect: 'manual' })
      if (answer.type === 'opaqueredirect' || answer.status === 404) {
        keepHere()
        show('kept', writing.dataset.signedOut!)
        later(AGAIN_MS)
      } else if (answer.ok) {
        const told = await answer.json() as Record<'kept' | 'there' | 'behind', string>
        sent = now
        if (JSON.stringify(read()) === now) forget()
        show('kept', told.kept)
        show('there', told.there)
        show('behind', told.behind)
      } else throw new Error(String(answer.status))
    } catch {
      keepHere()
      show('kept', writing.dataset.offline!)
      later(AGAIN_MS)
    } finally {
      isSending = false
    }
    if (JSON.stringify(read()) !== now) later(EVERY_MS)
  }

  async function sayHere() {
    if (document.visibilityState !== 'visible') return
    try {
      const answer = await fetch(writing.dataset.typing!, { method: 'POST', body: new URLSearchParams({ here: '1' }), redirect: 'manual' })
      if (answer.ok) show('there', ((await answer.json()) as { there: string }).there)
    } catch {
      // The next one says it.
    }
  }

  writing.addEventListener('input', () => later(EVERY_MS))
  writing.addEventListener('submit', () => {
    isLeaving = true
    keepHere()
  })
  addEventListener('online', () => later(0))
  addEventListener('pagehide', () => {
    if (isLeaving || JSON.stringify(read()) === sent) return
    keepHere()
    // A beacon is sent also while the tab goes away.
    navigator.sendBeacon(writing.dataset.typing!, new URLSearchParams(read() as never))
  })
  setInterval(() => void sayHere(), HERE_MS)
  void sayHere()

  for (const counted of writing.querySelectorAll<HTMLTextAreaElement>('[data-best]')) {
    const hint = document.getElementById(`${counted.name}-hint`)
    const said = hint?.textContent ?? ''
    const count = () => {
      const letters = graphemesOf(counted.value).length
      if (hint) hint.textContent = `${letters}. ${said}`
      hint?.classList.toggle('bad', letters > Number(counted.dataset.best))
    }
    counted.addEventListener('input', count)
    count()
  }
}

if (form) start(form)
