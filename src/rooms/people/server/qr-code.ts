import sharp from 'sharp'
import { encode } from 'uqr'

/** Light cells around the code, which readers need to find it (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4
/** Pixels of a cell, large enough for a phone held before a screen. */
const CELL = 6

/** Rows of cells, quiet zone included; true is dark. M mends 15 %: a smear on a screen. @throws when the text is longer than some 2,300 bytes */
const cellsOf = (text: string): boolean[][] => encode(text, { ecc: 'M', border: QUIET_ZONE }).data

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * A QR code as one `<svg>` element to stand in a page: dark on light in every colour scheme, without script, style or
 * anything from elsewhere.
 * @param title what it is, in the reader's language: whoever does not see it hears this
 */
export function qrSvg(text: string, title: string): string {
  const cells = cellsOf(text)
  const path = cells.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  const side = cells.length
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${side} ${side}" width="${side * CELL}" height="${side * CELL}" shape-rendering="crispEdges">` +
    `<title>${escaped(title)}</title><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
}

/** The same as a PNG, for readers whose browser draws no SVG, as Tor Browser at “Safest”. */
export function qrPng(text: string): Promise<Buffer> {
  const cells = cellsOf(text)
  const side = cells.length
  const light = Buffer.from(cells.flat().map((isDark) => (isDark ? 0 : 255)))
  return sharp(light, { raw: { width: side, height: side, channels: 1 } })
    .resize(side * CELL, side * CELL, { kernel: 'nearest' }).png({ palette: true, colours: 2 }).toBuffer()
}
