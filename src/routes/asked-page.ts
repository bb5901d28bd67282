import { error } from '@sveltejs/kit'
import { HIGHEST_PAGE } from '#rooms/media/list-address.ts'

/** The page of a list that an address asks for, from 1. What is no page number is a 400 that names it. */
export function askedPage(query: URLSearchParams, below: string): number {
  const value = (query.get('page') ?? '').trim()
  const page = value === '' ? 1 : Number(value)
  if (!/^\d*$/.test(value) || page < 1 || page > HIGHEST_PAGE) error(400, { message: 'Bad page', badPage: { below, value } })
  return page
}

/** A page after the last one: 404, with the way to the last. */
export function refuseBeyond(page: number, pages: number, below: string): void {
  if (page > pages) error(404, { message: 'Not Found', badPage: { below, value: String(page), pages } })
}
