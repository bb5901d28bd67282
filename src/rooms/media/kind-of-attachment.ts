/** What may be attached to a text, by its first bytes: its name and the type claimed for it are not asked. */
const KINDS: { mediaType: string; extension: string; is(start: string): boolean }[] = [
  { mediaType: 'application/pdf', extension: 'pdf', is: (start) => start.startsWith('%PDF-') },
  { mediaType: 'audio/mpeg', extension: 'mp3', is: (start) => start.startsWith('ID3') || /^\xff[\xf2\xf3\xfb]/.test(start) },
  { mediaType: 'audio/mp4', extension: 'm4a', is: (start) => /^ftypM4[AB]/.test(start.slice(4)) },
  { mediaType: 'video/mp4', extension: 'mp4', is: (start) => /^ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V|dash|MSNV)/.test(start.slice(4)) },
  { mediaType: 'video/webm', extension: 'webm', is: (start) => start.startsWith('\x1a\x45\xdf\xa3') && start.includes('webm') },
  { mediaType: 'audio/ogg', extension: 'ogg', is: (start) => start.startsWith('OggS') && /OpusHead|\x01vorbis/.test(start) },
  { mediaType: 'audio/wav', extension: 'wav', is: (start) => start.startsWith('RIFF') && start.slice(8, 12) === 'WAVE' },
]

export interface AttachmentKind { mediaType: string; extension: string }

export function kindOfAttachment(bytes: Uint8Array): AttachmentKind | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 64))
  const kind = KINDS.find(({ is }) => is(start))
  return kind && { mediaType: kind.mediaType, extension: kind.extension }
}

/** Captions (WebVTT) begin with their name, in UTF-8. */
export function isCaptions(bytes: Uint8Array): boolean {
  try {
    return /^\ufeff?WEBVTT(?=[ \t\r\n]|$)/.test(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return false
  }
}

/** `PDF`, `MP3`: what a reader calls it. */
export const typeName = (name: string) => name.slice(name.lastIndexOf('.') + 1).toUpperCase()
