import { createHash } from 'node:crypto'

/** Where the stylesheet stands in the template (tools/inline-style.mjs writes the sheet itself beside it). */
const MARK = Buffer.from('<style>/*altavoz-style*/</style>')

/**
 * The one stylesheet of the public pages. Kit renders with a mark in its place: hashing and copying 20 KB that are the
 * same in every page was an eighth of a render.
 */
export class PageStyle {
  /** What the content security policy allows. */
  readonly hash: string
  #element: Buffer

  constructor(css: string) {
    this.hash = `'sha256-${createHash('sha256').update(css).digest('base64')}'`
    this.#element = Buffer.from(`<style>${css}</style>`)
  }

  /** The page with its style; a body that has no mark is answered as it is. */
  putInto(body: Buffer): Buffer {
    const at = body.indexOf(MARK)
    return at < 0 ? body : Buffer.concat([body.subarray(0, at), this.#element, body.subarray(at + MARK.length)])
  }
}
