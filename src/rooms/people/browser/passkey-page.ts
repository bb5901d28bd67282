// What a page needs to make a passkey or to open with one: nothing else can, so what it says of them stays hidden without this.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

if (browserSupportsWebAuthn()) {
  for (const part of document.querySelectorAll<HTMLElement>('[data-passkey-part]')) part.hidden = false
  for (const sentence of document.querySelectorAll<HTMLElement>('[data-passkey-without]')) sentence.hidden = true
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-passkey]')) button.addEventListener('click', (event) => void pressed(event, button))
  // Passkeys come first: the other way is one tap away, and stays open while something in it is to be mended.
  for (const other of document.querySelectorAll<HTMLDetailsElement>('[data-passkey-other]')) {
    other.open = other.querySelector('[aria-invalid]') !== null
    other.addEventListener('invalid', () => { other.open = true }, true)
  }
}

async function pressed(event: Event, button: HTMLButtonElement) {
  event.preventDefault()
  const form = button.form!
  const told = form.querySelector<HTMLElement>('[data-passkey-failed]')
  if (![...form.querySelectorAll<HTMLInputElement>('input[data-passkey-asks]')].every((input) => input.reportValidity())) return
  if (told) told.hidden = true
  button.disabled = true
  try {
    const asked = await fetch(button.dataset.passkey!, { method: 'POST', body: new URLSearchParams(typedIn(form)), headers: { accept: 'application/json' } })
    // The page itself says what is to be mended.
    if (asked.status === 400) return send(form, '')
    if (!asked.ok) throw new Error(String(asked.status))
    const optionsJSON = await asked.json()
    send(form, JSON.stringify('rp' in optionsJSON ? await startRegistration({ optionsJSON }) : await startAuthentication({ optionsJSON })))
  } catch {
    // She changed her mind, the device has none, or the line broke: she can try again or take the other way.
    if (told) told.hidden = false
    button.disabled = false
  }
}

/** Only what the server must know to ask for a passkey: a password typed beside it stays here. */
const typedIn = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[data-passkey-asks]')].map(({ name, value }) => [name, value])

function send(form: HTMLFormElement, answer: string) {
  const field = document.createElement('input')
  Object.assign(field, { type: 'hidden', name: 'passkey', value: answer })
  form.append(field)
  for (const secret of form.querySelectorAll<HTMLInputElement>('input[type=password], [name=code]')) secret.value = ''
  form.submit()
}
