/** A plain text for HTML or XML, inside an element or between double quotes. */
export function escapeMarkup(text: string): string {
  return forXml(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Without what XML 1.0 cannot hold (section 2.2): one such character in one text would make a whole feed unreadable. */
export const forXml = (text: string): string => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
