/** A whole address, or as it was where nothing says which site it is of; undefined for what must not be linked. */
export function resolve(address: string, base: string | undefined): string | undefined {
  const given = address.replace(/[\u0000-\u0020\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, (signs) => (/^ +$/.test(signs) ? ' ' : '')).trim()
  if (given === '' || !given.isWellFormed()) return undefined
  const absolute = URL.canParse(given) ? new URL(given) : undefined
  const url = absolute ?? (base && URL.canParse(given, base) ? new URL(given, base) : undefined)
  if (url) return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : undefined
  if (given.startsWith('//')) return URL.canParse(`https:${given}`) ? new URL(`https:${given}`).href : undefined
  return /^[a-z][a-z0-9+.-]*:/i.test(given) ? undefined : given.replaceAll(' ', '%20')
}

const TRACKERS = new RegExp([
  'pixel\\.wp\\.com', 'stats\\.wordpress\\.com', 'feeds\\.wordpress\\.com/1\\.0/', 'feeds\\.feedburner\\.com/~', 'feedsportal\\.com',
  'doubleclick\\.net', 'google-analytics\\.com', 'facebook\\.com/tr', 'piwik\\.php', 'matomo\\.php', 'scorecardresearch\\.com',
  'medium\\.com/_/stat', 'mc\\.yandex\\.ru/watch', 'vg0[0-9]\\.met\\.vgwort\\.de',
].join('|'))

/** A picture of one point is there to tell who reads. */
export const isTracker = (address: string, width: unknown, height: unknown) =>
  [width, height].some((side) => side !== undefined && side !== null && side !== '' && Number.parseFloat(String(side)) <= 1) || TRACKERS.test(address)

const FILES = /\.(pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip|epub|mp3|m4a|ogg|oga|wav|mp4|webm|ogv|mov|jpe?g|png|gif|webp|avif)$/i

export const isFileAddress = (address: string) => FILES.test(address.replace(/[?#].*$/, ''))

/** The name of a file by its address. */
export function nameOfFile(address: string): string {
  const last = address.replace(/[?#].*$/, '').split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last).replace(/[\u0000-\u001f/\\]/g, '') || 'file'
  } catch {
    return last || 'file'
  }
}

/** The page of a video, where a page is embedded that only shows it. */
export function embedded(address: string): string {
  const youtube = /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{11})/.exec(address)?.[1]
  if (youtube) return `https://www.youtube.com/watch?v=${youtube}`
  const vimeo = /^https?:\/\/player\.vimeo\.com\/video\/(\d+)/.exec(address)?.[1]
  if (vimeo) return `https://vimeo.com/${vimeo}`
  const daily = /^https?:\/\/(?:www\.|geo\.)?dailymotion\.com\/embed\/video\/(\w+)/.exec(address)?.[1]
  return daily ? `https://www.dailymotion.com/video/${daily}` : address
}

const ENDINGS: Record<string, string> = { jpeg: 'jpg', jpg: 'jpg', png: 'png', gif: 'gif', webp: 'webp' }

/** The bytes of a picture that is written into a page as `data:image/…;base64,…`. */
export function pictureInside(address: string): { bytes: Uint8Array; ending: string } | undefined {
  const [, type = '', data = ''] = /^data:image\/(\w+);base64,([A-Za-z0-9+/=\s]+)$/i.exec(address) ?? []
  const ending = Object.hasOwn(ENDINGS, type.toLowerCase()) ? ENDINGS[type.toLowerCase()] : undefined
  return ending ? { bytes: new Uint8Array(Buffer.from(data, 'base64')), ending } : undefined
}
