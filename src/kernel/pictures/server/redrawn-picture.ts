import { loadSharp } from '#kernel/pictures/server/sharp.ts'

/** Part of a picture in per cent of its sides. */
export interface Part { x: number; y: number; width: number; height: number }

/** So few that what was there cannot be worked out again: a face is left some sixty colours. Of a small part no more than one for each four pixels. */
const CELLS = 8

/**
 * A picture with only a part of it left, or with a part of it made unrecognisable. What is cut away or blurred is in no pixel of what
 * comes back. @param bytes of a picture that was drawn anew before (`cleanPicture`)
 */
export async function redrawPicture(bytes: Uint8Array, part: Part, how: 'crop' | 'blur'): Promise<Buffer> {
  const sharp = await loadSharp()
  const { width = 1, height = 1, format } = await sharp(bytes).metadata()
  // Outwards to whole pixels: at an edge rather a pixel more is blurred, and a pixel less is never.
  const left = Math.min(width - 1, Math.floor((part.x / 100) * width))
  const top = Math.min(height - 1, Math.floor((part.y / 100) * height))
  const area = { left, top, width: Math.max(1, Math.min(width, Math.ceil(((part.x + part.width) / 100) * width)) - left), height: Math.max(1, Math.min(height, Math.ceil(((part.y + part.height) / 100) * height)) - top) }
  const encoded = (drawing: ReturnType<typeof sharp>) => (format === 'png' ? drawing.png() : drawing.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })).toBuffer()
  if (how === 'crop') return encoded(sharp(bytes).extract(area))
  const cells = (side: number) => Math.max(1, Math.min(CELLS, Math.floor(side / 4)))
  const few = await sharp(bytes).extract(area).resize({ width: cells(area.width), height: cells(area.height), fit: 'fill', kernel: 'cubic' }).png().toBuffer()
  const smooth = await sharp(few).resize({ width: area.width, height: area.height, fit: 'fill', kernel: 'cubic' }).ensureAlpha().raw().toBuffer()
  const whole = await sharp(bytes).ensureAlpha().raw().toBuffer()
  // Written over what was there, row by row: laid upon it, a part that lets light through would show what lies beneath.
  for (let row = 0; row < area.height; row++) smooth.copy(whole, ((area.top + row) * width + area.left) * 4, row * area.width * 4, (row + 1) * area.width * 4)
  return encoded(sharp(whole, { raw: { width, height, channels: 4 } }))
}
