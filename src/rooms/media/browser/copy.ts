// One button copies one text. Without script there is no button, and the text is selected by hand.

/** Where a page is not served safely a browser has no clipboard to write to; the older way still copies what is selected. */
async function copy(field: HTMLTextAreaElement): Promise<boolean> {
  field.focus()
  field.select()
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    return document.execCommand('copy')
  }
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
  const field = document.getElementById(button.dataset.copies!)
  const said = button.parentElement?.querySelector<HTMLElement>('[role=status]')
  if (!(field instanceof HTMLTextAreaElement) || !said) continue
  button.hidden = false
  // Until it is used, it says how to do without: with the button nobody needs that.
  said.textContent = ''
  button.addEventListener('click', async () => {
    // Said again, a reader of the screen hears it again only where it changed.
    said.textContent = ''
    said.textContent = (await copy(field) ? said.dataset.done : said.dataset.failed) ?? ''
  })
}
