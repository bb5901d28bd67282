import sharp from 'sharp'
import { expect, test } from 'vitest'
import { redrawPicture } from '#kernel/pictures/server/redrawn-picture.ts'
import { loadSharp } from '#kernel/pictures/server/sharp.ts'

await loadSharp()

/** A board of black and white squares of 4 pixels: fine enough that blurring is told. */
function board(width = 200, height = 120, alpha = 255) {
  const pixels = Buffer.alloc(width * height * 4, alpha)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels.fill(((x >> 2) + (y >> 2)) % 2 ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3)
  return sharp(pixels, { raw: { width, height, channels: 4 } }).png().toBuffer()
}
const raw = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })

test('a crop keeps the part that was asked for and no pixel of the rest', async () => {
  const { info, data } = await raw(await redrawPicture(await board(), { x: 25, y: 50, width: 50, height: 50 }, 'crop'))
  expect([info.width, info.height]).toEqual([100, 60])
  const { data: whole } = await raw(await board())
  for (const [x, y] of [[0, 0], [99, 59], [50, 30]] as const) expect(data[(y * 100 + x) * 4]).toBe(whole[((y + 60) * 200 + x + 50) * 4])
})

test.each([255, 120, 0])('what is blurred cannot be seen any more, and the rest stays to the pixel (alpha %i)', async (alpha) => {
  const { data: whole } = await raw(await board(200, 120, alpha))
  const { data, info } = await raw(await redrawPicture(await board(200, 120, alpha), { x: 40, y: 40, width: 20, height: 30 }, 'blur'))
  expect([info.width, info.height]).toEqual([200, 120])
  let sharpest = 0
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 200; x++) {
      const at = (y * 200 + x) * 4
      if (x >= 80 && x < 120 && y >= 48 && y < 84) sharpest = Math.max(sharpest, x < 119 ? Math.abs(data[at]! - data[at + 4]!) : 0)
      else expect(data[at]).toBe(whole[at])
    }
  }
  // Squares of black and white stand 255 apart.
  expect(sharpest).toBeLessThan(60)
})

test('a JPEG stays one, and a part at its edge is blurred to the last pixel', async () => {
  const jpeg = await sharp(await board()).flatten().jpeg({ quality: 100 }).toBuffer()
  const drawn = await redrawPicture(jpeg, { x: 0.1, y: 0, width: 99.9, height: 100 }, 'blur')
  expect((await sharp(drawn).metadata()).format).toBe('jpeg')
  const { data } = await raw(drawn)
  for (let x = 100; x < 199; x++) expect(Math.abs(data[(119 * 200 + x) * 4]! - data[(119 * 200 + x + 1) * 4]!)).toBeLessThan(60)
})

test.each([1, 3, 7, 8])('a part of %i pixels is blurred as well', async (size) => {
  // Squares of one pixel each: whatever is left of them would be seen.
  const pixels = Buffer.alloc(100 * 100 * 4, 255)
  for (let y = 0; y < 100; y++) for (let x = 0; x < 100; x++) pixels.fill((x + y) % 2 ? 255 : 0, (y * 100 + x) * 4, (y * 100 + x) * 4 + 3)
  const fine = await sharp(pixels, { raw: { width: 100, height: 100, channels: 4 } }).png().toBuffer()
  const { data } = await raw(await redrawPicture(fine, { x: 40, y: 40, width: size, height: size }, 'blur'))
  for (let x = 40; x < 40 + size - 1; x++) expect(Math.abs(data[(41 * 100 + x) * 4]! - data[(41 * 100 + x + 1) * 4]!)).toBeLessThan(80)
  const seen = new Set(Array.from({ length: size }, (_, x) => data[(40 * 100 + 40 + x) * 4]! >> 6))
  expect(seen.size).toBeLessThanOrEqual(2)
})
