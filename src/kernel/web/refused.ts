import type { ServerResponse } from 'node:http'
import { uiLangOf } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { PLAIN_PAGE_TYPE, plainPage } from '#kernel/web/plain-page.ts'
import { newReference } from '#kernel/web/reference.ts'
import { writePlain } from '#kernel/web/writing.ts'

const RETRY_SECONDS = 3

/** The answers that this server gives by itself, in the language that the address begins with. */
export class Refused {
  #base: readonly string[]

  constructor(base: readonly string[]) {
    this.#base = base
  }

  /** A request for a name that is not ours: 421 says so without repeating the name. */
  wrongName(res: ServerResponse, url: string, isHead: boolean) {
    const lang = langOf(url)
    this.#page(res, url, 421, [], m.err_404_title({}, { locale: lang }), m.err_421({}, { locale: lang }), isHead)
  }

  method(res: ServerResponse) {
    this.#text(res, 405, ['Allow', 'GET, HEAD, POST'], 'This address does not know that method. It answers GET, HEAD and POST.')
  }

  address(res: ServerResponse, status: 400 | 414) {
    this.#text(res, status, [], status === 414 ? 'This address is too long.' : 'This address cannot be read.')
  }

  tooBusy(res: ServerResponse, url: string, isHead: boolean) {
    const lang = langOf(url)
    const text = m.err_503_body({ seconds: RETRY_SECONDS, number: String(RETRY_SECONDS) }, { locale: lang })
    this.#page(res, url, 503, retry, m.err_503_title({}, { locale: lang }), text, isHead)
  }

  withoutDatabase(res: ServerResponse, url: string, isHead: boolean) {
    const lang = langOf(url)
    const text = `${m.err_503_database({}, { locale: lang })} ${m.err_try_again({}, { locale: lang })}`
    this.#page(res, url, 503, retry, m.err_500_title({ }, { locale: lang }), text, isHead)
  }

  /** @returns the number under which the log tells what happened; the reader sees nothing else of it */
  fault(res: ServerResponse, url: string, isHead: boolean): string {
    const lang = langOf(url)
    const ref = newReference()
    this.#page(res, url, 500, [], m.err_500_title({}, { locale: lang }), m.err_500_body({ ref }, { locale: lang }), isHead)
    return ref
  }

  /** A page for people; what asks below /api is a program, and is told the same as RFC 9457 has it. */
  #page(res: ServerResponse, url: string, status: number, more: readonly string[], title: string, text: string, isHead: boolean) {
    const isProgram = /^\/api(\/|\?|$)/.test(url)
    const body = isProgram ? `${JSON.stringify({ type: 'about:blank', title, status, detail: text })}\n` : plainPage(langOf(url), title, text)
    const type = isProgram ? 'application/problem+json; charset=utf-8' : PLAIN_PAGE_TYPE
    writePlain(res, status, [...this.#base, ...more, 'Content-Type', type, 'Cache-Control', 'no-store'], body, isHead)
  }

  #text(res: ServerResponse, status: number, more: readonly string[], text: string) {
    writePlain(res, status, [...this.#base, ...more, 'Content-Type', 'text/plain; charset=utf-8', 'Cache-Control', 'no-store'], `${text}\n`)
  }
}

const retry = ['Retry-After', String(RETRY_SECONDS)]

function langOf(url: string) {
  return uiLangOf(/^\/([a-z]{2,3})(?:[/?-]|$)/.exec(url)?.[1] ?? 'en')
}
