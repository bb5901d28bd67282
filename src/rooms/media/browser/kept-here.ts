// Keeps what is typed in a form: on the server every few seconds; where that does not answer, on this device until it does, so that a
// dropped line, a closed lid or an ended session loses nothing. On a shared device it stays with the tab, and saving takes it away again.

const EVERY_MS = 3000
const AGAIN_MS = 5000
/** How what is kept is named on the device: of a person, then of a text. */
const MARK = 'typed:'

/** Undefined where a browser keeps nothing. */
function findMemory(): Storage | undefined {
  try {
    const memory = document.querySelector('.desk')?.hasAttribute('data-shared-device') ? sessionStorage : localStorage
    memory.getItem(MARK)
    return memory
  } catch {
    return undefined
  }
}

export type Typed = Record<'base' | 'title' | 'teaser' | 'body', string>

export interface TypedForm {
  /** What stands in the form now. */
  read(): Typed
  /** Says where what is typed is kept. */
  show(text: string): void
  /** What the server told when it had kept it. */
  told(answer: Record<string, string>): void
}

/**
 * Keeps a form's words until they are saved. The form names its person, its text, the address that keeps, and what to say.
 * @param form with `data-person`, `data-text`, `data-typing`, `data-signed-out`, `data-offline`, and `data-typed-back` where its words came
 * back with the answer and are kept nowhere yet
 */
export function keepTyped(form: HTMLFormElement, { read, show, told }: TypedForm) {
  const { person, text, typing, signedOut, offline } = form.dataset as Record<string, string>
  const memory = findMemory()
  const name = `${MARK}${person}:${text}`
  const isBack = form.hasAttribute('data-typed-back')
  const now = () => JSON.stringify(read())
  let sent = isBack ? '' : now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let isLeaving = false

  const isKept = () => now() === sent
  const forget = () => memory?.removeItem(name)
  const keepHere = () => {
    try {
      memory?.setItem(name, now())
    } catch {
      // A full memory keeps what it has; the text stands in the page.
    }
  }
  const post = (fields: Record<string, string>) => fetch(typing!, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), ms)
  }

  async function send() {
    const typed = read()
    const asSent = JSON.stringify(typed)
    if (isSending || asSent === sent) return
    isSending = true
    try {
      const answer = await post(typed)
      if (answer.type === 'opaqueredirect' || answer.status === 404) {
        keepHere()
        show(signedOut!)
        later(AGAIN_MS)
      } else if (answer.ok) {
        const said = await answer.json() as Record<string, string>
        sent = asSent
        if (isKept()) forget()
        told(said)
      } else throw new Error(String(answer.status))
    } catch {
      keepHere()
      show(offline!)
      later(AGAIN_MS)
    } finally {
      isSending = false
    }
    if (now() !== asSent) later(EVERY_MS)
  }

  form.addEventListener('input', () => later(EVERY_MS))
  form.addEventListener('submit', () => {
    isLeaving = true
    keepHere()
  })
  addEventListener('online', () => later(0))
  addEventListener('pagehide', () => {
    if (isLeaving || isKept()) return
    keepHere()
    // A beacon is sent also while the tab goes away.
    navigator.sendBeacon(typing!, new URLSearchParams(read()))
  })
  forgetOthers(memory, `${MARK}${person}:`)
  if (isBack) later(0)

  return {
    post,
    later,
    forget,
    isKept,
    /** What this device kept of the text and the page does not show, unless the words came back with the answer. */
    left(): Typed | undefined {
      const left = isBack ? null : memory?.getItem(name)
      if (!left || left === now()) return undefined
      try {
        return JSON.parse(left) as Typed
      } catch {
        forget()
        return undefined
      }
    },
    /** The page goes, and what is typed goes with it. */
    leave: () => {
      isLeaving = true
    },
    /** Does what follows once all that is typed is kept; where that fails, `show` has said so and it goes on trying. */
    async keptBefore(follows: () => void) {
      clearTimeout(timer)
      while (isSending) await new Promise((done) => setTimeout(done, 50))
      await send()
      if (isKept()) follows()
    },
  }
}

/** Whoever signs in at this device next finds no words of somebody else. */
function forgetOthers(memory: Storage | undefined, own: string) {
  const kept = Array.from({ length: memory?.length ?? 0 }, (_, n) => memory!.key(n)!)
  for (const key of kept) if (key.startsWith(MARK) && !key.startsWith(own)) memory!.removeItem(key)
}
