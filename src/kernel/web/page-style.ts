import { createHash } from 'node:crypto'

/** Where the stylesheet stands in the template (tools/inline-style.mjs writes the sheet itself beside it). */
const MARK = Buffer.from('<style>/*altavoz-style*/</style>')

/**
 * What stands in the head of every page of a kind: the one stylesheet, and on some pages of the desk their scripts. Kit
 * renders with a mark in its place: hashing and copying 20 KB that are the same in every page was an eighth of a render.
 */
export class PageStyle {
  /** What the content security policy allows. */
  readonly hash: string
  readonly scriptHashes: readonly string[]
  #element: Buffer

  /** @param scripts each runs when the page is read, as a module of its own: browsers too old for modules pass it over */
  constructor(css: string, scripts: readonly string[] = []) {
    const unclosed = scripts.find((script) => /<\/script|<!--/i.test(script))
    if (unclosed !== undefined) throw new Error('a script would end its own element')
    this.hash = hashOf(css)
    this.scriptHashes = scripts.map(hashOf)
    this.#element = Buffer.from([`<style>${css}</style>`, ...scripts.map((script) => `<script type="module">${script}</script>`)].join(''))
  }

  /** The page with its style; a body that has no mark is answered as it is. */
  putInto(body: Buffer): Buffer {
    const at = body.indexOf(MARK)
    return at < 0 ? body : Buffer.concat([body.subarray(0, at), this.#element, body.subarray(at + MARK.length)])
  }
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
