import { addOnce, obstacleToTitle, oneLine, teaserOf } from '#rooms/media/import/clean-text.ts'
import { NotReadable } from '#rooms/media/import/decoding.ts'
import { hashKey } from '#rooms/media/import/hash-key.ts'
import { nameOfFile } from '#rooms/media/import/html-address.ts'
import { htmlToMarkdown, LONGEST_HTML, wordsOfHtml } from '#rooms/media/import/html-to-markdown.ts'
import type { Incoming, Reader } from '#rooms/media/import/incoming.ts'
import { checkZip } from '#rooms/media/import/zip-check.ts'

const LARGEST_FILE = 100 * 1024 * 1024

const STYLES = [
  "p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh", "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh", "p[style-name='caption'] => p:fresh > em", "r[style-name='Emphasis'] => em",
  "r[style-name='Strong'] => strong", 'u => ', 'comment-reference => ',
]

/**
 * Reads a Word file. Its author's name in the file is not taken: that is the name of an account, and may endanger a person
 * who did not want to be named. It comes as a draft, as nobody says that it was published.
 */
export const readDocx: Reader = async function* (bytes, name) {
  yield { place: name, read: () => readWhole(bytes, name) }
}

async function readWhole(bytes: AsyncIterable<Uint8Array>, name: string): Promise<Incoming> {
  try {
    return await read(await whole(bytes), name)
  } catch (error) {
    // mammoth throws whatever it meets in a file that is not made as the standard says.
    const reason = error instanceof NotReadable ? error.message : 'it cannot be read as a .docx: open it in your word processor and save it again'
    return { unreadable: { place: name, reason } }
  }
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > LARGEST_FILE) throw new NotReadable(`it is larger than ${LARGEST_FILE / 1024 / 1024} MB: take pictures out, or make them smaller`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function read(buffer: Buffer, name: string): Promise<Incoming> {
  const entries = checkZip(buffer)
  if (!entries.has('word/document.xml')) throw new NotReadable('it holds no Word document')
  const { default: mammoth } = await import('mammoth')
  const leftOut: string[] = []
  const pictures = new Map<string, { bytes: Uint8Array; alt: string }>()
  const convertImage = mammoth.images.imgElement(async (image) => {
    const ending = ENDINGS[image.contentType]
    if (!ending) {
      addOnce(leftOut, `a picture was left out: ${oneLine(image.contentType)} is no JPEG, PNG, GIF or WebP`)
      return { src: '' }
    }
    const address = `picture-${pictures.size + 1}.${ending}`
    pictures.set(address, { bytes: new Uint8Array(await image.readAsArrayBuffer()), alt: '' })
    return { src: address }
  })
  const { value: html, messages } = await mammoth.convertToHtml({ buffer }, { styleMap: STYLES, convertImage, externalFileAccess: false })
  for (const { message } of messages) {
    const style = /^Unrecognised (?:paragraph|run) style: '?(.+?)'?(?: \(Style ID.*\))?$/.exec(message)?.[1]
    if (style) addOnce(leftOut, `the style “${oneLine(style).slice(0, 60)}” has no meaning here: its words came as plain text`)
  }
  if (entries.has('word/comments.xml')) leftOut.push('comments in the margin were left out')
  if (html.length > LONGEST_HTML) throw new NotReadable(`its text is longer than ${LONGEST_HTML} characters: split it`)
  return textOf(html, pictures, leftOut, name, titleIn(entries.get('docProps/core.xml')))
}

const ENDINGS: Record<string, string | undefined> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp' }

const titleIn = (core: Buffer | undefined) => wordsOfHtml(/<dc:title>([^<]*)<\/dc:title>/.exec(core?.toString('utf8') ?? '')?.[1] ?? '')

/** How the sentence about a missing title begins. */
export const UNTITLED = 'it begins with no heading of the first level'

/** The title is the heading that the text begins with, else what the file's properties say, else the name of the file. */
function textOf(html: string, pictures: Map<string, { bytes: Uint8Array }>, leftOut: string[], name: string, property: string): Incoming {
  const heading = /^\s*<h1>([\s\S]*?)<\/h1>/.exec(html)
  const title = wordsOfHtml(heading?.[1] ?? '') || property || oneLine(nameOfFile(name).replace(/\.docx$/i, '').replace(/[_-]+/g, ' '))
  const reason = obstacleToTitle(title)
  if (reason) return { unreadable: { place: name, reason } }
  const converted = htmlToMarkdown(heading ? html.slice(heading[0].length) : html)
  if (!heading) leftOut.push(`${UNTITLED}: its title was taken from ${property ? 'the properties of the file' : 'the name of the file'}`)
  const files = converted.files.map((file) => {
    const bytes = pictures.get(file.address)?.bytes
    return bytes ? { ...file, bytes } : file
  })
  return {
    text: {
      source: 'docx', key: hashKey(title, ''), place: name, kind: 'news', lang: undefined, title, teaser: teaserOf(converted.markdown),
      bodyMarkdown: converted.markdown, when: '', byline: null, labels: [], slug: '', state: 'draft', oldAddresses: [], files,
      leftOut: [...leftOut, ...converted.leftOut],
    },
  }
}
