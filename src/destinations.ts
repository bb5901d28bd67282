import type { m } from '#kernel/language/m.ts'
import type { MenuPlaces } from '#kernel/site/menu.ts'

/** Where the menu can lead: pages that this program has. A room adds its line when its pages stand, and not before. */
interface Destination {
  /** What stewards write, and what a page calls itself to be marked as the one that is read. */
  key: string
  /** Below `/{lang}`. */
  path: string
  /** Which message names it. */
  text: keyof typeof m
}

export const destinations = [
  { key: 'home', path: '/', text: 'nav_home' },
  { key: 'media', path: '/media', text: 'nav_media' },
  { key: 'press', path: '/press', text: 'nav_press' },
  { key: 'organisations', path: '/organisations', text: 'nav_organisations' },
  { key: 'words', path: '/words', text: 'nav_words' },
  { key: 'calendar', path: '/calendar', text: 'nav_calendar' },
  { key: 'corrections', path: '/corrections', text: 'foot_corrections' },
  { key: 'about', path: '/about', text: 'foot_about' },
  { key: 'privacy', path: '/privacy', text: 'foot_privacy' },
  { key: 'accessibility', path: '/accessibility', text: 'foot_accessibility' },
] as const satisfies readonly Destination[]

export const menuPlaces: MenuPlaces = { all: destinations.map(({ key }) => key), first: ['media', 'about'] }
