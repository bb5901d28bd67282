import sharp from 'sharp'
const out = process.argv[2], files = process.argv.slice(3)
const ims = await Promise.all(files.map(f => sharp(f).resize({ width: 700 }).toBuffer()))
await sharp({ create: { width: 1410, height: Math.ceil(files.length/2)*378, channels: 3, background: '#888' } }).composite(ims.map((input, i) => ({ input, left: (i%2)*710, top: Math.floor(i/2)*378 }))).png().toFile(out)
