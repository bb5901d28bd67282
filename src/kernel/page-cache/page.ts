import { hash } from 'node:crypto'
import { type Coding, decodeBrotli, encode } from '#kernel/page-cache/coding.ts'
import { hasPictures, withoutPictures } from '#kernel/page-cache/lean.ts'

/** What a render made of one address. */
export interface Rendered {
  status: number
  /** Flat: name, value, name, value; without those that the page adds by itself. */
  headers: readonly string[]
  body: Buffer
  tags: ReadonlySet<string>
  /** Milliseconds of the clock: when it was asked, and from when on it would say something else. */
  from: number
  until: number
  isStorable: boolean
}

export interface Coded {
  etag: string
  /** The name that the same page went by before it was compressed harder: who holds those bytes holds this page. */
  formerEtag: string | undefined
  headers: string[]
  /** Those of a 304: without the length, for which some parsers would wait. */
  heldHeaders: string[]
  /** Bytes as a latin1 string: then Node sends head and body in one write (about 10 % more pages a second). */
  body: string
}

/** What an entry weighs beside its bodies: headers, tags, key, the objects themselves. */
const OVERHEAD = 2048

/** A rendered page, in every coding that somebody asked for; the others are made when asked. */
export class Page {
  readonly status: number
  readonly tags: ReadonlySet<string>
  readonly from: number
  readonly until: number
  readonly isStorable: boolean
  /** A refusal that says by itself what to do and when. */
  readonly isExplained: boolean
  hits = 0
  /** Told when another coding makes the page heavier. */
  onGrowth: () => void = () => {}
  #headers: readonly string[]
  #isText: boolean
  #coded: { [coding in Coding]?: Coded } = {}
  #weight = OVERHEAD
  #lean: Page | undefined

  constructor(rendered: Rendered) {
    this.status = rendered.status
    this.tags = rendered.tags
    this.from = rendered.from
    this.until = rendered.until
    this.isStorable = rendered.isStorable && rendered.status === 200
    this.isExplained = rendered.headers.includes('Retry-After')
    this.#headers = rendered.headers
    this.#isText = isText(rendered)
    // NOTE: not on another thread: handing a page over cost as much as compressing it (bench/README.md).
    this.#add(this.#isText && rendered.body.length > 0 ? 'br' : 'identity', rendered.body)
  }

  /** Bytes it takes in memory, over all codings. */
  get weight(): number {
    return this.#weight + (this.#lean && this.#lean !== this ? this.#lean.weight : 0)
  }

  isFreshAt(moment: number) {
    return moment >= this.from && moment < this.until
  }

  in(coding: Coding): Coded {
    const coded = this.#coded[coding]
    if (coded) return coded
    const only = this.#coded.identity
    if (only && !this.#isText) return only
    return this.#add(coding, this.identity())
  }

  /** The same page for who saves data: a picture is its words. Made once; a page without pictures is its own. */
  lean(): Page {
    if (this.#lean) return this.#lean
    const body = this.#isText ? this.identity() : undefined
    if (!body || !hasPictures(body)) return (this.#lean = this)
    const { status, tags, from, until, isStorable } = this
    const lean = new Page({ status, headers: this.#headers, body: withoutPictures(body), tags, from, until, isStorable })
    lean.onGrowth = () => this.onGrowth()
    this.#lean = lean
    this.onGrowth()
    return lean
  }

  identity(): Buffer {
    const { identity, br } = this.#coded
    if (identity) return Buffer.from(identity.body, 'latin1')
    return decodeBrotli(Buffer.from(br!.body, 'latin1'))
  }

  /** Puts harder compressed bytes in the place of the first ones. */
  raise(bytes: Buffer) {
    const first = this.#coded.br
    if (!first || bytes.length >= first.body.length) return
    this.#weight -= first.body.length
    this.#put('br', bytes, first.etag)
  }

  get canBeRaised() {
    return this.#coded.br !== undefined && this.#coded.br.formerEtag === undefined
  }

  #add(coding: Coding, identity: Buffer): Coded {
    return this.#put(coding, encode(identity, coding), undefined)
  }

  #put(coding: Coding, bytes: Buffer, formerEtag: string | undefined): Coded {
    // A validator of exactly these bytes: strong, and another one for each coding.
    const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 22)}${coding === 'identity' ? '' : `-${coding}`}"`
    const heldHeaders = [...this.#headers]
    if (this.status === 200) heldHeaders.push('ETag', etag)
    if (coding !== 'identity') heldHeaders.push('Content-Encoding', coding)
    const headers = [...heldHeaders, 'Content-Length', String(bytes.length)]
    const coded = { etag, formerEtag, headers, heldHeaders, body: bytes.toString('latin1') }
    this.#coded[coding] = coded
    this.#weight += bytes.length
    this.onGrowth()
    return coded
  }
}

function isText({ headers }: Rendered): boolean {
  return /^(text\/|image\/svg|application\/(json|xml|[\w.+-]+\+(xml|json)|[\w.-]*javascript))/.test(typeOf(headers))
}

function typeOf(headers: readonly string[]): string {
  const at = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type')
  return at < 0 ? '' : (headers[at + 1] ?? '')
}
