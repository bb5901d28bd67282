/** Why bytes cannot be read as text, in words that say what to do. */
export class NotReadable extends Error {
  override name = 'NotReadable'
}

const NO_UTF8 = 'it is not in UTF-8 and does not say what it is in (perhaps windows-1252): save it as UTF-8, '
  + 'for instance by `iconv -f windows-1252 -t utf-8 FILE > NEW`, and import it again'

/**
 * The text of a file piece by piece, in the encoding that its byte order mark or its XML declaration names, else UTF-8.
 * White space before its first sign is dropped: an XML declaration must come first, and many a site prints a line before.
 * @throws NotReadable
 */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let begun = false
  try {
    for await (const chunk of bytes) {
      if (chunk.length === 0) continue
      decoder ??= decoderFor(chunk)
      for (let at = 0; at < chunk.length; at += PIECE) {
        let text = decoder.decode(chunk.subarray(at, at + PIECE), { stream: true })
        if (!begun) text = text.replace(/^[\s\ufeff]+/, '')
        begun ||= text !== ''
        if (text !== '') yield text
      }
    }
    yield decoder?.decode() ?? ''
  } catch (error) {
    if (error instanceof TypeError) throw new NotReadable(NO_UTF8)
    throw error
  }
}

const PIECE = 65_536

function decoderFor(first: Uint8Array): TextDecoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  const head = Buffer.from(first.subarray(0, 300)).toString('latin1')
  const named = /<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(named, { fatal: true })
  } catch {
    throw new NotReadable(`it says that it is in “${named}”, which is unknown here: save it as UTF-8 and import it again`)
  }
}

/** A whole small file. @throws NotReadable when it is no text or longer than `most` characters */
export async function wholeText(bytes: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  let text = ''
  for await (const piece of decoded(bytes)) {
    text += piece
    if (text.length > most) throw new NotReadable(`it is longer than ${most} characters, too long to be read at once: split it`)
  }
  return text
}
