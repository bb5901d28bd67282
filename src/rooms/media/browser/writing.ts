// The writing page: what is typed is kept, who else is there is told, and letters are counted.
import { graphemesOf } from '#kernel/language/graphemes.ts'
import { keepTyped, type Typed } from '#rooms/media/browser/kept-here.ts'

const HERE_MS = 25_000

const form = document.querySelector<HTMLFormElement>('#writing')
const savedSign = document.querySelector<HTMLElement>('[data-saved]')

function show(id: string, text: string) {
  const place = document.getElementById(id)
  if (place && place.textContent !== text) place.textContent = text
}

function start(writing: HTMLFormElement) {
  const field = (of: keyof Typed) => writing.elements.namedItem(of) as HTMLTextAreaElement | HTMLInputElement
  const typed = keepTyped(writing, {
    read: () => ({ base: field('base').value, title: field('title').value, teaser: field('teaser').value, body: field('body').value }),
    show: (text) => show('kept', text),
    told: ({ kept, there, behind }) => {
      show('kept', kept!)
      show('there', there!)
      show('behind', behind!)
    },
  })
  if (savedSign) typed.forget()
  const left = typed.left()
  if (left) {
    for (const of of ['title', 'teaser', 'body', 'base'] as const) field(of).value = left[of]
    show('kept', writing.dataset.restored!)
    typed.later(0)
  }

  async function sayHere() {
    if (document.visibilityState !== 'visible') return
    try {
      const answer = await typed.post({ here: '1' })
      if (answer.ok) show('there', ((await answer.json()) as { there: string }).there)
    } catch {
      // The next one says it.
    }
  }
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
