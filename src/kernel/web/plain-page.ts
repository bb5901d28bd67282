/**
 * A page that needs nothing: no database, no template, no style. For the answers that must come when the rest cannot.
 * @param title and text are ours, in the language given; nothing of the request is repeated
 */
export function plainPage(lang: string, title: string, text: string): string {
  return `<!doctype html>
<html lang="${escapeText(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeText(title)}</title></head>
<body><h1>${escapeText(title)}</h1><p>${escapeText(text)}</p></body></html>
`
}

export const PLAIN_PAGE_TYPE = 'text/html; charset=utf-8'

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
