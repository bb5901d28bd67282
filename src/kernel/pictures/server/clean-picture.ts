import { kindOfFile } from '#kernel/pictures/kind-of-file.ts'
import { LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, type PictureRefusal } from '#kernel/pictures/picture.ts'
import { loadSharp } from '#kernel/pictures/server/sharp.ts'

export interface CleanPicture {
  bytes: Buffer
  mediaType: 'image/jpeg' | 'image/png'
  width: number
  height: number
}

const SECONDS = 30

/**
 * The picture drawn anew from its pixels: that, and never the file that was sent, is kept. So nothing else of the file
 * comes along: no place or time of the camera (EXIF, XMP, IPTC), no comment, no colour profile with its text, no thumbnail
 * of what was cut away, no page or archive behind the last pixel.
 */
export async function cleanPicture(sent: Uint8Array): Promise<CleanPicture | { refused: PictureRefusal }> {
  if (sent.byteLength > MOST_BYTES) return { refused: 'too-large' }
  const kind = kindOfFile(sent)
  if (kind === 'svg' || kind === 'other-format' || kind === 'not-a-picture') return { refused: kind }

  const sharp = await loadSharp()
  // The limit of pixels is checked below from the head of the file, before a pixel is unfolded.
  const reading = sharp(sent, { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true })
  let head
  try {
    head = await sharp(sent, { failOn: 'error', limitInputPixels: false }).metadata()
  } catch {
    return { refused: 'damaged' }
  }
  const { width, height, pages = 1, hasAlpha } = head
  if (!width || !height) return { refused: 'damaged' }
  if (width * height > MOST_PIXELS) return { refused: 'too-many-pixels' }
  if (pages > 1) return { refused: 'animated' }

  const drawn = reading
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .timeout({ seconds: SECONDS })
  // Drawings and screenshots stay as sharp as they are; photographs are nearly without loss at 92.
  const isExact = hasAlpha || kind === 'png' || kind === 'gif'
  const encoded = isExact ? drawn.png({ compressionLevel: 9 }) : drawn.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
  try {
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    return { bytes: data, mediaType: isExact ? 'image/png' : 'image/jpeg', width: info.width, height: info.height }
  } catch {
    return { refused: 'damaged' }
  }
}
