import sharp from 'sharp'
const [out, width, height, ...files] = process.argv.slice(2)
const W = Number(width), H = Number(height)
const tiles = []
for (const [n, f] of files.entries()) {
  const img = sharp(f, { limitInputPixels: false }).resize({ width: W })
  const { data, info } = await img.png().toBuffer({ resolveWithObject: true })
  const cut = await sharp(data).extract({ left: 0, top: 0, width: W, height: Math.min(H, info.height) }).toBuffer()
  tiles.push({ input: cut, left: n * (W + 8), top: 0 })
}
await sharp({ create: { width: files.length * (W + 8), height: H, channels: 3, background: '#888' } }).composite(tiles).png().toFile(out)
