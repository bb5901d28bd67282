import { readdirSync } from 'node:fs'

export const FOLDER = 'src/routes/(desk)'

/** Every file of the desk's routes, from that folder. */
export const listRouteFiles = (): string[] => readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })

/** The address that a file of a route is of, with what may stand in it in braces: `/desk/people/{id}`. */
export const addressOf = (path: string): string =>
  `/${path.split('/').slice(0, -1).filter((part) => !part.startsWith('(')).map((part) => part.replace(/\[(\w+)[^\]]*\]/g, '{$1}')).join('/')}`
