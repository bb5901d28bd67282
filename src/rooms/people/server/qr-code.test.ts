// Read back by a decoder of another house: that an encoder believes itself proves nothing.
import { decodeQR } from 'qr/decode.js'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { newTotpSecret, totpUri } from '#rooms/people/server/one-time-code.ts'
import { qrPng, qrSvg } from '#rooms/people/server/qr-code.ts'

const URI = totpUri(newTotpSecret(), 'María Ñandutí', 'Alianza por los Derechos Humanos y la Inclusión')

async function pixelsOf(picture: Buffer) {
  const { data, info: { width, height } } = await sharp(picture).ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8ClampedArray(data), width, height }
}

/** How many pixels from each edge are all white. */
function quietPixels({ data, width, height }: Awaited<ReturnType<typeof pixelsOf>>) {
  let nearest = Infinity
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[(y * width + x) * 4]! < 128) nearest = Math.min(nearest, x, y, width - 1 - x, height - 1 - y)
  return nearest
}

test.each([
  ['as SVG', async () => Buffer.from(qrSvg(URI, 'Código'))],
  ['as PNG', () => qrPng(URI)],
])('a phone reads the code back, %s, and four cells around it are light', async (_, draw) => {
  const pixels = await pixelsOf(await draw())
  expect(decodeQR(pixels)).toBe(URI)
  expect(quietPixels(pixels)).toBe(4 * 6)
})

test('the PNG is one, of two colours and a few kilobytes', async () => {
  const png = await qrPng(URI)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(new Set((await pixelsOf(png)).data)).toEqual(new Set([0, 255]))
  expect(png.length).toBeLessThan(5000)
})

test('the SVG names itself, runs nothing and asks nobody', () => {
  const svg = qrSvg('x', `Código de "María" <script>alert('1')</script> & más`)
  expect(svg).toMatch(/^<svg [^<>]*><title>[^<>]*<\/title><rect [^<>]*\/><path [^<>]*\/><\/svg>$/)
  expect(svg).toContain('<title>Código de &#34;María&#34; &#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62; &#38; más</title>')
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/href|url\(|https?:|style|\son\w+=/)
})

test('what no code can hold is an error', () => {
  expect(() => qrSvg('x'.repeat(3000), 'x')).toThrow()
})
