import type Sharp from 'sharp'

let ready: Promise<typeof Sharp> | undefined

/**
 * `sharp` takes 9 MB: it is loaded when the first picture comes. Every reader that libvips has for other formats (SVG,
 * PDF, TIFF, ImageMagick) is switched off: a file that gets past the look at its first bytes finds nobody to read it.
 */
export function loadSharp(): Promise<typeof Sharp> {
  ready ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: [
        'VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer',
        'VipsForeignLoadNsgifBuffer', 'VipsForeignLoadHeifBuffer',
      ],
    })
    // One picture at a time on one thread, nothing kept between: readers come first, and memory stays flat.
    sharp.cache(false)
    sharp.concurrency(1)
    return sharp
  })
  return ready
}
