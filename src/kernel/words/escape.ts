/** A plain text for HTML or XML, inside an element or between double quotes. What XML 1.0 cannot hold is left out. */
export function escapeMarkup(text: string): string {
  return [...text].filter(isXmlCharacter).join('').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

// One such character in one text would make a whole feed unreadable (XML 1.0, 2.2).
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0)!
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
}
