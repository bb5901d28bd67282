// Sends a file part by part. A line that drops costs one part, and sending goes on by itself. Before that a picture can be cropped or
// blurred here: what is cut away never leaves the device.
import { frameOver } from '#rooms/media/browser/frame.ts'

const AGAIN_MS = 2000
/** Of what is taken in a form, too: a larger one would not be drawn on a telephone. */
const MOST_DRAWN = 4000
/** So few that what was there cannot be worked out again; of a small part at most one for each four pixels. */
const CELLS = 8

/** Where a page is not served safely a browser has nothing to count with; the form itself still sends what was chosen. */
const canCount = typeof crypto.subtle?.digest === 'function'

const form = document.querySelector<HTMLFormElement>('#adding')

interface Answer { received?: number; path?: string; problem?: string; at?: string; part?: number }

function start(adding: HTMLFormElement) {
  const chosen = adding.elements.namedItem('file') as HTMLInputElement
  const sending = document.getElementById('sending')!
  const refused = document.getElementById('refused')!
  const [name, said, bar, stop] = [sending.querySelector('b')!, sending.querySelector<HTMLElement>('[role=status]')!, sending.querySelector('progress')!, sending.querySelector('button')!]
  const before = document.getElementById('before') as HTMLDetailsElement
  const canvas = before.querySelector('canvas')!
  let drawn: HTMLCanvasElement | undefined
  let isStopped = false
  let isBusy = false

  const refuse = (problem: string) => {
    refused.textContent = problem
    refused.hidden = false
    sending.hidden = true
    isBusy = false
  }

  // Crop and blur.
  const frame = frameOver(canvas.parentElement!, canvas, before.querySelector('i')!, (field) => document.getElementById(`b-${field}`) as HTMLInputElement)
  chosen.addEventListener('change', async () => {
    drawn = undefined
    before.hidden = true
    const [file] = chosen.files ?? []
    // Where the form itself sends the file, it is the one that was chosen: nothing is offered here that would not be sent.
    if (!canCount || !file?.type.startsWith('image/') || file.type === 'image/svg+xml' || typeof createImageBitmap !== 'function') return
    try {
      const bitmap = await createImageBitmap(file)
      const scale = Math.min(1, MOST_DRAWN / Math.max(bitmap.width, bitmap.height))
      canvas.width = Math.round(bitmap.width * scale)
      canvas.height = Math.round(bitmap.height * scale)
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      bitmap.close()
      before.hidden = false
    } catch {
      // What this browser cannot draw the server still looks at.
    }
  })
  for (const button of before.querySelectorAll<HTMLButtonElement>('[data-how]')) {
    button.addEventListener('click', () => {
      const { x, y, width, height } = frame.read()
      const [left, top] = [Math.floor((x / 100) * canvas.width), Math.floor((y / 100) * canvas.height)]
      const [wide, high] = [Math.min(canvas.width - left, Math.ceil((width / 100) * canvas.width)), Math.min(canvas.height - top, Math.ceil((height / 100) * canvas.height))]
      if (!(wide > 0 && high > 0)) return
      const context = canvas.getContext('2d')!
      if (button.dataset.how === 'crop') {
        const part = context.getImageData(left, top, wide, high)
        canvas.width = wide
        canvas.height = high
        canvas.getContext('2d')!.putImageData(part, 0, 0)
      } else {
        const few = document.createElement('canvas')
        few.width = Math.max(1, Math.min(CELLS, Math.floor(wide / 4)))
        few.height = Math.max(1, Math.min(CELLS, Math.floor(high / 4)))
        few.getContext('2d')!.drawImage(canvas, left, top, wide, high, 0, 0, few.width, few.height)
        context.clearRect(left, top, wide, high)
        context.drawImage(few, 0, 0, few.width, few.height, left, top, wide, high)
      }
      drawn = canvas
      for (const [field, value] of [['x', 0], ['y', 0], ['width', 100], ['height', 100]] as const) (document.getElementById(`b-${field}`) as HTMLInputElement).value = String(value)
      frame.draw()
    })
  }

  const send = async (path: string, fields: Record<string, string | Blob>): Promise<Answer | undefined> => {
    const body = new FormData()
    for (const [field, value] of Object.entries(fields)) body.append(field, value)
    const response = await fetch(path, { method: 'POST', body, redirect: 'error' })
    // Too many at a time is no fault of the file; the server says so in words.
    if (response.status >= 500) return undefined
    if (!response.ok && response.headers.get('content-type')?.includes('json') !== true) return { problem: adding.dataset.broken! }
    return (await response.json()) as Answer
  }

  /** Asked again while the line is down. */
  async function sure<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
    while (!isStopped) {
      const answer = await ask().catch(() => undefined)
      if (answer !== undefined) return answer
      said.textContent = adding.dataset.waits!
      await new Promise((resolve) => {
        setTimeout(resolve, AGAIN_MS)
      })
    }
    return undefined
  }

  const hex = (digest: ArrayBuffer) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

  async function sendWhole(file: Blob, called: string, target: string) {
    const begun = await sure(() => send('/desk/media/upload', { name: called, size: String(file.size), for: target }))
    if (!begun) return
    if (!begun.at) return refuse(begun.problem ?? adding.dataset.broken!)
    stop.onclick = () => {
      isStopped = true
      void send(begun.at!, { stop: '1' }).catch(() => undefined)
      refuse(adding.dataset.stopped!)
    }
    let received = 0
    while (!isStopped) {
      const bytes = await file.slice(received, received + begun.part!).arrayBuffer()
      const digest = hex(await crypto.subtle.digest('SHA-256', bytes))
      const answer = await sure(() => send(begun.at!, { offset: String(received), digest, part: new Blob([bytes]) }))
      if (!answer) return
      if (answer.path) {
        location.assign(answer.path)
        return
      }
      if (answer.problem !== undefined || answer.received === undefined) return refuse(answer.problem ?? adding.dataset.broken!)
      received = answer.received
      const mb = (size: number) => `${(size / 1_000_000).toFixed(1)} MB`
      const [sent, size] = [mb(received), mb(file.size)]
      bar.value = (received / file.size) * 100
      let place = 0
      said.textContent = adding.dataset.of!.replace(/…/g, () => [sent, size][place++]!)
    }
  }

  adding.addEventListener('submit', (event) => {
    const [file] = chosen.files ?? []
    if (!canCount || !file) return
    event.preventDefault()
    if (isBusy) return
    isBusy = true
    isStopped = false
    refused.hidden = true
    sending.hidden = false
    name.textContent = file.name
    said.textContent = ''
    bar.value = 0
    const target = (adding.elements.namedItem('for') as HTMLInputElement).value
    const isExact = file.type === 'image/png'
    const whole = drawn ? new Promise<Blob | null>((resolve) => drawn!.toBlob(resolve, isExact ? 'image/png' : 'image/jpeg', 0.95)) : Promise.resolve(file)
    void whole.then((blob) => (blob ? sendWhole(blob, file.name, target) : refuse(adding.dataset.broken!)))
  })
}

if (form) start(form)
