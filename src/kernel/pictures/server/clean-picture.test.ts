import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { MOST_BYTES } from '#kernel/pictures/picture.ts'
import { cleanPicture } from '#kernel/pictures/server/clean-picture.ts'
import { loadSharp } from '#kernel/pictures/server/sharp.ts'

await loadSharp()

/** A photograph-like picture: nothing that would be one flat block. */
function photo(width = 640, height = 400) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7 + (i >> 9) * 13) % 251
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="12,2.7S" exif:GPSLongitude="77,1.8W"/></rdf:RDF></x:xmpmeta>'

async function photoOfAKnownPlace() {
  const bytes = await photo()
    .withExif({
      IFD0: { Make: 'Secretphone', Copyright: 'Known Person', DateTime: '2026:11:24 03:04:05' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '12/1 2/1 42/1', GPSLongitudeRef: 'W', GPSLongitude: '77/1 1/1 48/1' },
    })
    .withXmp(XMP)
    .withIccProfile('p3')
    .jpeg()
    .toBuffer()
  const comment = Buffer.from('taken at the house of Known Person')
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment])
  return Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)])
}

const TRACES = ['Secretphone', 'Known Person', '2026:11:24', 'GPSLatitude', '77,1.8W', 'Exif', 'xmpmeta', 'ICC_PROFILE', 'iCCP', 'eXIf', 'tEXt', 'iTXt']

async function kept(sent: Uint8Array) {
  const clean = await cleanPicture(sent)
  if ('refused' in clean) throw new Error(`refused: ${clean.refused}`)
  return clean
}

test('a photograph loses where, when, with what and by whom it was taken', async () => {
  const sent = await photoOfAKnownPlace()
  const planted = TRACES.filter((trace) => sent.includes(trace))
  expect(planted).toEqual(expect.arrayContaining(['Secretphone', 'Known Person', '2026:11:24', 'GPSLatitude', 'Exif', 'ICC_PROFILE']))
  // The degrees stand in the file as three fractions.
  const degrees = Buffer.from([12, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0])
  expect(sent.includes(degrees) || sent.includes(degrees.swap32())).toBe(true)

  const clean = await kept(sent)
  expect(clean).toMatchObject({ mediaType: 'image/jpeg', width: 640, height: 400 })
  expect(TRACES.filter((trace) => clean.bytes.includes(trace))).toEqual([])
  expect(clean.bytes.includes(degrees) || clean.bytes.includes(degrees.swap32())).toBe(false)
  const { exif, xmp, icc, iptc, comments, orientation } = await sharp(clean.bytes).metadata()
  expect({ exif, xmp, icc, iptc, comments, orientation }).toEqual({})
})

test('a photograph that was held upright stands upright without the note that said so', async () => {
  const clean = await kept(await photo(640, 400).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  expect(clean).toMatchObject({ width: 400, height: 640 })
})

test('texts in a PNG and its transparency: the one goes, the other stays', async () => {
  const plain = await sharp({ create: { width: 90, height: 60, channels: 4, background: { r: 200, g: 20, b: 30, alpha: 0.5 } } }).png().toBuffer()
  const sent = Buffer.concat([plain.subarray(0, 33), chunk('tEXt', Buffer.from('Author\0Known Person')), plain.subarray(33)])
  expect((await sharp(sent).metadata()).width).toBe(90)
  const clean = await kept(sent)
  expect(clean.mediaType).toBe('image/png')
  expect(TRACES.filter((trace) => clean.bytes.includes(trace))).toEqual([])
  expect((await sharp(clean.bytes).metadata()).hasAlpha).toBe(true)
})

test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('a %s is taken whatever its name says', async (format) => {
  expect(await kept(await photo(120, 80).toFormat(format).toBuffer())).toMatchObject({ width: 120, height: 80 })
})

test('a very large photograph is kept as large as a page of print needs', async () => {
  expect(await kept(await photo(4000, 1000).jpeg().toBuffer())).toMatchObject({ width: 3200, height: 800 })
})

test('a page or an archive behind the last pixel is not kept', async () => {
  const page = '<html><script>alert(document.domain)</script></html>'
  const archive = Buffer.from('PK\x03\x04 secret.txt')
  const sent = Buffer.concat([await photo().jpeg().toBuffer(), Buffer.from(page), archive])
  const clean = await kept(sent)
  expect(clean.bytes.includes('<script>')).toBe(false)
  expect(clean.bytes.includes('PK\x03\x04')).toBe(false)
})

test('a page inside a comment of a picture is not kept', async () => {
  const plain = await photo(60, 60).gif().toBuffer()
  // GIF that is a script too: "GIF89a/*…*/=1;alert(1)" in a comment block before the trailer.
  const script = Buffer.from('*/=1;alert(1)//')
  const block = Buffer.concat([Buffer.from([0x21, 0xfe, script.length]), script, Buffer.from([0])])
  const clean = await kept(Buffer.concat([plain.subarray(0, -1), block, plain.subarray(-1)]))
  expect(clean.bytes.includes('alert')).toBe(false)
})

test('a script that only begins like a GIF is refused', async () => {
  expect(await cleanPicture(Buffer.from('GIF89a/*' + ' '.repeat(40) + '*/=1;alert(document.cookie);'))).toEqual({ refused: 'damaged' })
})

test('a small file that would unfold into thousands of millions of pixels is refused before it unfolds', async () => {
  const before = process.memoryUsage().rss
  const started = performance.now()
  const row = deflateSync(Buffer.alloc(60_000))
  const bomb = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', Buffer.from([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 0, 0, 0, 0])), // 60,000 × 60,000
    chunk('IDAT', row),
    chunk('IEND', Buffer.alloc(0)),
  ])
  expect(bomb.length).toBeLessThan(1000)
  expect(await cleanPicture(bomb)).toEqual({ refused: 'too-many-pixels' })
  expect(performance.now() - started).toBeLessThan(1000)
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
})

test('every SVG is refused, with script or without', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  expect(await cleanPicture(Buffer.from(svg))).toEqual({ refused: 'svg' })
  expect(await cleanPicture(Buffer.from(svg.replace(/<script.*script>/, '')))).toEqual({ refused: 'svg' })
  // The second wall: were it taken for a picture, nobody would read it.
  await expect(sharp(Buffer.from(svg)).metadata()).rejects.toThrow()
})

test('moving pictures are refused', async () => {
  const frames = Buffer.concat([await photo(60, 60).raw().toBuffer(), await photo(60, 60).negate().raw().toBuffer()])
  const film = sharp(frames, { raw: { width: 60, height: 120, channels: 3, pageHeight: 60 } })
  expect(await cleanPicture(await film.clone().gif().toBuffer())).toEqual({ refused: 'animated' })
  expect(await cleanPicture(await film.clone().webp().toBuffer())).toEqual({ refused: 'animated' })
})

test.each(['jpeg', 'png', 'webp'] as const)('a %s that was cut off on its way is refused', async (format) => {
  const whole = await photo().toFormat(format).toBuffer()
  expect(await cleanPicture(whole.subarray(0, Math.floor(whole.length / 2)))).toEqual({ refused: 'damaged' })
  expect(await cleanPicture(whole.subarray(0, 30))).toEqual({ refused: 'damaged' })
})

test('what is no picture, or one that browsers do not show, is refused by its own reason', async () => {
  expect(await cleanPicture(Buffer.from('%PDF-1.7 …'))).toEqual({ refused: 'not-a-picture' })
  expect(await cleanPicture(new Uint8Array())).toEqual({ refused: 'not-a-picture' })
  expect(await cleanPicture(await photo(60, 60).tiff().toBuffer())).toEqual({ refused: 'other-format' })
  expect(await cleanPicture(Buffer.alloc(MOST_BYTES + 1))).toEqual({ refused: 'too-large' })
})

function chunk(type: string, data: Buffer) {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
